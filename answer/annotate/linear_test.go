package annotate

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"footnote/answer/words"
	"footnote/corpus"
)

// BenchmarkLinear shows that preparing takes a time in proportion to the length of an
// article, however many people and offices it names: as many bytes a second of 64 KB as
// of 512.
func BenchmarkLinear(b *testing.B) {
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
		for _, size := range []int{64 << 10, 512 << 10} {
			var text strings.Builder
			for n := 0; text.Len() < size; n++ {
				text.WriteString(part(n))
			}
			b.Run(fmt.Sprintf("%s/%dKB", name, size>>10), func(b *testing.B) {
				lib, err := corpus.LoadFS(fstest.MapFS{"a.md": {Data: []byte(text.String())}})
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(text.Len()))
				for b.Loop() {
					Prepare(lib.Articles[0], words.Load())
				}
			})
		}
	}
}
