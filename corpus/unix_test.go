//go:build unix

package corpus

import (
	"syscall"
	"time"
)

func mkfifo(name string) error { return syscall.Mkfifo(name, 0o644) }

// processorTime returns how long processors worked for this process.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
