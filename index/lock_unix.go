//go:build unix

package index

import (
	"os"
	"syscall"
)

// lockShared marks a file as in use for as long as it is open, even if the
// process is killed. Any number of processes may hold it.
func lockShared(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
}

// lockAlone takes a file for this process alone and reports whether nobody
// else had it.
func lockAlone(f *os.File) bool {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}
