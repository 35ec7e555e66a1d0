//go:build darwin || freebsd || netbsd

package corpus

import (
	"io/fs"
	"syscall"
)

const noWait = syscall.O_NONBLOCK

func (s *stat) more(info fs.FileInfo) {
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		s.Changed, s.Inode = sys.Ctimespec.Nano(), sys.Ino
	}
}
