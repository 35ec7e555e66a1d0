package encoder

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"footnote/encoder/encodertest"
)

func tiny(t testing.TB) *Model {
	t.Helper()
	m, err := Load(encodertest.Tiny(nil))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Every way in which a file can be wrong is told, and none of them panics.
func TestLoadRefuses(t *testing.T) {
	for _, c := range []struct {
		name, want string
		change     func(w *encodertest.Writer, about map[string]string)
	}{
		{"another format", "its format is", func(_ *encodertest.Writer, about map[string]string) { about["format"] = "footnote 0" }},
		{"other numbers", "SHA-256", func(w *encodertest.Writer, _ map[string]string) { w.Body[5] ^= 1 }},
		{"no shape", "the shape is damaged", func(_ *encodertest.Writer, about map[string]string) { about["shape"] = "" }},
		{"a size that no kernel takes", "multiple of 32", func(_ *encodertest.Writer, about map[string]string) {
			about["shape"] = strings.Replace(about["shape"], `"size":64`, `"size":65`, 1)
		}},
		{"an inner size that overflows", "multiple of 16 up to 1536", func(_ *encodertest.Writer, about map[string]string) {
			about["shape"] = strings.Replace(about["shape"], `"inner":96`, `"inner":3072`, 1)
		}},
		{"more layers than there are", `"find.2.attention" is missing`, func(_ *encodertest.Writer, about map[string]string) {
			about["shape"] = strings.Replace(about["shape"], `"layers":2`, `"layers":3`, 1)
		}},
		{"more layers than fit", "layers", func(_ *encodertest.Writer, about map[string]string) {
			about["shape"] = strings.Replace(about["shape"], `"layers":2`, `"layers":200000000`, 1)
		}},
		{"a head that is not there", `"find.head.x" is missing`, func(_ *encodertest.Writer, about map[string]string) {
			about["shape"] = strings.Replace(about["shape"], `"heads":{}`, `"heads":{"x":2}`, 1)
		}},
		{"another tokenizer", `"bytes" is none`, func(_ *encodertest.Writer, about map[string]string) {
			about["shape"] = strings.Replace(about["shape"], "wordpiece", "bytes", 1)
		}},
		{"another vocabulary", `"words" is I8 [25 64]`, func(_ *encodertest.Writer, about map[string]string) {
			about["shape"] = strings.Replace(about["shape"], `"pieces":25`, `"pieces":24`, 1)
		}},
		{"a tensor outside", "outside of the file", func(w *encodertest.Writer, _ map[string]string) {
			w.Header["words"] = map[string]any{"dtype": "I8", "shape": []int{25, 64}, "data_offsets": []int{0, 1 << 40}}
		}},
		{"a tensor backwards", "outside of the file", func(w *encodertest.Writer, _ map[string]string) {
			w.Header["words"] = map[string]any{"dtype": "I8", "shape": []int{25, 64}, "data_offsets": []int{9, 3}}
		}},
		{"a number that is none", "holds NaN", func(w *encodertest.Writer, about map[string]string) {
			at := w.Header["norm.gain"].(map[string]any)["data_offsets"].([]int)[0]
			binary.LittleEndian.PutUint32(w.Body[at:], math.Float32bits(float32(math.NaN())))
			about["sha256"] = fmt.Sprintf("%x", sha256.Sum256(w.Body))
		}},
	} {
		if _, err := Load(encodertest.Tiny(c.change)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, not %q", c.name, err, c.want)
		}
	}
	whole := encodertest.Tiny(nil)
	for _, n := range []int{0, 7, 8, 100, len(whole) - 1} {
		if _, err := Load(whole[:n]); err == nil {
			t.Errorf("the first %d bytes are taken for a whole file", n)
		}
	}
}

// The vectors have the same bits on every machine and with every kernel.
func TestSameVectors(t *testing.T) {
	const want = "a682857e468f9a2e"
	m := tiny(t)
	eachLevel(t, func(l level) {
		h := sha256.New()
		for _, name := range []string{"find", "read"} {
			r := m.Network(name).NewRunner()
			for n := 1; n <= 24; n++ {
				ids, types := make([]int32, n), make([]uint8, n)
				for i := range ids {
					ids[i] = int32((i*7 + n) % len(encodertest.Pieces))
					types[i] = uint8(2 * i / n)
				}
				x := r.Run(ids, types)
				if len(x) != n*m.Size {
					t.Fatalf("%d pieces give %d numbers", n, len(x))
				}
				for _, v := range x {
					binary.Write(h, binary.LittleEndian, v)
				}
			}
		}
		if got := fmt.Sprintf("%x", h.Sum(nil)[:8]); got != want {
			t.Errorf("level %d: the digest of the vectors is %s, not %s", l, got, want)
		}
	})
}

// A text has the same vectors whatever was run before, and a longer one is cut.
func TestRunAgain(t *testing.T) {
	m := tiny(t)
	r := m.Network("find").NewRunner()
	first := slices.Clone(r.Run([]int32{2, 5, 6, 3}, nil))
	if got := r.Run(make([]int32, 500), nil); len(got) != m.Positions*m.Size {
		t.Errorf("a text of 500 pieces gives %d numbers", len(got))
	}
	if got := r.Run([]int32{2, 5, 6, 3}, nil); !slices.Equal(got, first) {
		t.Error("the same text has other vectors the second time")
	}
	if got := r.Run(nil, nil); got != nil {
		t.Errorf("no text has %v", got)
	}
	if n := testing.AllocsPerRun(10, func() { r.Run([]int32{2, 5, 6, 3}, nil) }); n > 0 {
		t.Errorf("a run allocates %v times", n)
	}
}

func TestHead(t *testing.T) {
	m := tiny(t)
	n := m.Network("read")
	v := n.NewRunner().Run([]int32{2, 5, 3}, nil)[:m.Size]
	if got := n.Head("span", v); len(got) != 2 {
		t.Errorf("the head gives %v", got)
	}
	if got := n.Head("other", v); got != nil {
		t.Errorf("a head that is not there gives %v", got)
	}
	if m.Network("other") != nil {
		t.Error("there is a network that is not there")
	}
}

func FuzzLoad(f *testing.F) {
	whole := encodertest.Tiny(nil)
	f.Add(whole[:2000])
	f.Add([]byte("\x02\x00\x00\x00\x00\x00\x00\x00{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := Load(data); err == nil {
			for name := range m.networks {
				m.Network(name).NewRunner().Run([]int32{0}, nil)
			}
		}
	})
}

func TestCovers(t *testing.T) {
	for _, c := range []struct {
		languages string // "": the file does not say
		want      string
	}{
		{"", "en"},
		{"en", "en"},
		{"de ru", "de ru"},
		{"*", "en de ru zh"},
	} {
		m, err := Load(encodertest.Tiny(func(_ *encodertest.Writer, about map[string]string) {
			if c.languages != "" {
				about["languages"] = c.languages
			}
		}))
		if err != nil {
			t.Fatal(err)
		}
		for _, language := range []string{"en", "de", "ru", "zh"} {
			if got := m.Covers(language); got != strings.Contains(c.want, language) {
				t.Errorf("%q: %s is covered: %v", c.languages, language, got)
			}
		}
	}
}
