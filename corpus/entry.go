package corpus

import (
	"encoding/binary"
	"errors"
	"time"
)

// Header is what a list of articles tells of one of them, so that the article
// itself need not be there.
type Header struct {
	ID        string
	Title     string
	Source    string
	Author    string
	URL       string
	Published time.Time
	Language  string
	Commands  []Command
	Passages  int // how many
	Sentences int // how many
	Bytes     int // of the cleaned text
}

// Header returns what lists tell of the article.
func (a *Article) Header() Header {
	h := Header{
		ID: a.ID, Title: a.Title, Source: a.Source, Author: a.Author, URL: a.URL, Published: a.Published,
		Language: a.Language, Commands: a.Commands, Passages: len(a.Passages), Bytes: len(a.Text),
	}
	for i := range a.Passages {
		h.Sentences += len(a.Passages[i].Sentences)
	}
	return h
}

// AppendBinary implements [encoding.BinaryAppender]. The same header gives the
// same bytes everywhere. It never fails.
func (h Header) AppendBinary(b []byte) ([]byte, error) {
	for _, s := range []string{h.ID, h.Title, h.Source, h.Author, h.URL, h.Language} {
		b = appendText(b, s)
	}
	day := int64(0) // of no date; a day is told from 1 on, and before it down from -1
	if !h.Published.IsZero() {
		if day = h.Published.Unix(); day >= 0 {
			day++
		}
	}
	b = binary.AppendVarint(b, day)
	for _, n := range []int{h.Passages, h.Sentences, h.Bytes, len(h.Commands)} {
		b = binary.AppendUvarint(b, uint64(n))
	}
	for _, c := range h.Commands {
		for _, s := range []string{c.Name, c.Description, c.Question, c.Relation.Kind, c.Relation.Actor, c.Relation.Target} {
			b = appendText(b, s)
		}
		b = binary.AppendUvarint(b, uint64(len(c.Figures)))
		for _, f := range c.Figures {
			b = appendText(b, f)
		}
		b = binary.AppendUvarint(b, uint64(len(c.Options)))
		for _, o := range c.Options {
			b = appendText(appendText(b, o.Name), o.Description)
			b = binary.AppendUvarint(b, uint64(len(o.Choices)))
			for _, choice := range o.Choices {
				b = appendText(appendText(b, choice.Value), choice.Name)
			}
		}
	}
	return b, nil
}

// UnmarshalBinary implements [encoding.BinaryUnmarshaler].
func (h *Header) UnmarshalBinary(b []byte) error {
	r := unpacker{rest: string(b)}
	*h = r.header()
	if r.bad || r.rest != "" {
		return errors.New("these bytes are no header of an article")
	}
	return nil
}

// unpacker takes apart what was packed into a string. Strings that it returns
// are parts of that one.
type unpacker struct {
	rest string
	bad  bool // what was asked for was not there
}

func (r *unpacker) header() Header {
	h := Header{ID: r.text(), Title: r.text(), Source: r.text(), Author: r.text(), URL: r.text(), Language: r.text()}
	switch day := r.varint(); {
	case day > 0:
		h.Published = time.Unix(day-1, 0).UTC()
	case day < 0:
		h.Published = time.Unix(day, 0).UTC()
	}
	h.Passages, h.Sentences, h.Bytes = r.number(), r.number(), r.number()
	h.Commands = several(r, func() Command {
		c := Command{Name: r.text(), Description: r.text(), Question: r.text(), Relation: Relation{r.text(), r.text(), r.text()}}
		c.Figures = several(r, r.text)
		c.Options = several(r, func() Option {
			return Option{r.text(), r.text(), several(r, func() Choice { return Choice{r.text(), r.text()} })}
		})
		return c
	})
	return h
}

// several unpacks a number and so many of something.
func several[T any](r *unpacker, one func() T) []T {
	n := r.number()
	if n > len(r.rest) {
		r.bad = true // each takes a byte at least
	}
	var out []T
	for ; n > 0 && !r.bad; n-- {
		out = append(out, one())
	}
	return out
}

func (r *unpacker) number() int {
	n := uint64(0)
	for shift := 0; shift < 63; shift += 7 {
		if len(r.rest) == 0 {
			break
		}
		c := r.rest[0]
		r.rest = r.rest[1:]
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return int(n)
		}
	}
	r.bad = true
	return 0
}

func (r *unpacker) varint() int64 {
	n := uint64(r.number())
	return int64(n>>1) ^ -int64(n&1)
}

func (r *unpacker) text() string { return r.take(r.number()) }

func (r *unpacker) take(n int) string {
	if n > len(r.rest) {
		r.bad = true
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *unpacker) byte() byte {
	if s := r.take(1); s != "" {
		return s[0]
	}
	return 0
}

func (r *unpacker) fixed() int64 {
	s := r.take(8)
	if r.bad {
		return 0
	}
	return int64(binary.LittleEndian.Uint64([]byte(s)))
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}
