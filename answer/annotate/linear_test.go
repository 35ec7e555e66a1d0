//go:build unix

package annotate

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"footnote/answer/words"
	"footnote/corpus"
)

// Preparing takes a time in proportion to the length of an article, however many
// people and offices it names.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	first := strings.Fields("Anna Boris Clara David Elena Farid Greta Hamid Irina Jonas Karim Lena")
	last := func(n int) string {
		s := "M"
		for ; n > 0; n /= 23 {
			s += string(rune('a' + n%23))
		}
		return s + "ov"
	}
	person := func(n int) string { return first[n%len(first)] + " " + last(n) }
	for name, part := range map[string]func(n int) string{
		"people":       func(n int) string { return person(n) + " spoke. " },
		"one sentence": func(n int) string { return "and " + person(n) + ", " },
		"titles": func(n int) string {
			return fmt.Sprintf("French President %s met the minister. The general, %s, a spokesman, left.\n\n", person(n), person(n*7))
		},
		"committees": func(n int) string { return fmt.Sprintf("The %s %s Committee met.\n\n", last(n), last(n*3)) },
		"turns":      func(n int) string { return strings.ToUpper(first[n%12]) + ": Who spoke?\n\nBOB: A mason.\n\n" },
		"groups":     func(n int) string { return fmt.Sprintf("The bakers of %s struck the man. He fled. ", last(n)) },
	} {
		t.Run(name, func(t *testing.T) {
			took := func(size int) time.Duration {
				var text strings.Builder
				for n := 0; text.Len() < size; n++ {
					text.WriteString(part(n))
				}
				lib, err := corpus.LoadFS(fstest.MapFS{"a.md": {Data: []byte(text.String())}})
				if err != nil {
					t.Fatal(err)
				}
				best := time.Duration(1 << 62)
				for range 2 {
					began := processorTime(t)
					Prepare(lib.Articles[0], words.Load())
					best = min(best, processorTime(t)-began)
				}
				return best
			}
			few, many := took(64<<10), took(512<<10)
			t.Logf("%v and %v: %.1f times", few, many, float64(many)/float64(few))
			if many > 14*few {
				t.Errorf("64 KB take %v, 512 KB %v", few, many)
			}
		})
	}
}

func processorTime(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
