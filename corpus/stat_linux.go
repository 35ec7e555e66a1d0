package corpus

import (
	"io/fs"
	"syscall"
)

// noWait is the flag by which a file that is opened is not waited for: a pipe
// has nobody who writes.
const noWait = syscall.O_NONBLOCK

// more adds what the system tells of a file besides size and time.
func (s *stat) more(info fs.FileInfo) {
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		s.Changed, s.Inode = sys.Ctim.Nano(), sys.Ino
	}
}
