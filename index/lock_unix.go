//go:build unix

package index

import (
	"errors"
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

// lockRoot takes a folder of indexes for this process until unlock is called,
// which is soon: nobody builds while holding it.
func lockRoot(root string) (unlock func() error, err error) {
	f, err := os.Open(root)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if err != nil {
		return nil, errors.Join(&os.PathError{Op: "lock", Path: root, Err: err}, f.Close())
	}
	return f.Close, nil
}
