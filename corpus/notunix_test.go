//go:build !unix

package corpus

import (
	"errors"
	"time"
)

func mkfifo(string) error { return errors.ErrUnsupported }

func processorTime() time.Duration { return 0 }
