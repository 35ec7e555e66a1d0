package answer

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// An answer's short id is the digest at the end of its id: enough to find a
// sentence in any library that people read, and short enough to be typed.

// minShortID is how many digits of a short id are needed at least.
const minShortID = 4

// shortEntry is where the sentence of a digest stands.
type shortEntry struct {
	sum           uint32
	doc, sentence int32
}

// ShortID returns the short id of an answer's id, "" where that is none.
func ShortID(id string) string {
	_, _, sum, ok := parseID(id)
	if !ok {
		return ""
	}
	return sum
}

// IsShortID reports whether a text is written like a short id or the beginning
// of one: 4 to 8 hexadecimal digits, in small letters.
func IsShortID(s string) bool {
	return len(s) >= minShortID && len(s) <= 8 && strings.Trim(s, "0123456789abcdef") == ""
}

// NoWord reports whether a short id is neither a word like "dead" nor a number
// like 1987, which people ask about: it has letters and digits, or all eight places.
func NoWord(id string) bool {
	return len(id) == 8 || strings.ContainsFunc(id, unicode.IsDigit) && strings.ContainsFunc(id, unicode.IsLetter)
}

// FindShort brings back the answers whose short id begins so, at most limit of
// them, in the order of the ids and then of the articles; all says how many
// there are. Two sentences of the same words have one short id.
func (l *Library) FindShort(begin string, limit int) (found []Answer, all int) {
	if !IsShortID(begin) {
		return nil, 0
	}
	first, err := strconv.ParseUint(begin+strings.Repeat("0", 8-len(begin)), 16, 32)
	if err != nil {
		return nil, 0
	}
	last := first | (1<<(4*(8-len(begin))) - 1)
	table := l.shortIDs()
	i, _ := slices.BinarySearchFunc(table, uint32(first), func(e shortEntry, sum uint32) int { return cmp.Compare(e.sum, sum) })
	for ; i < len(table) && uint64(table[i].sum) <= last; i++ {
		if all++; len(found) < limit {
			found = append(found, l.again(l.docs[table[i].doc], int(table[i].sentence)))
		}
	}
	return found, all
}

// shortIDs are the digests of all sentences, sorted. They are made when the
// first short id is looked for: most libraries are never asked for one.
func (l *Library) shortIDs() []shortEntry {
	l.shortOnce.Do(func() {
		for d, p := range l.docs {
			for k := range p.Sentences {
				sum := sha256.Sum256([]byte(p.Article.Quote(p.Sentences[k].Span)))
				l.short = append(l.short, shortEntry{binary.BigEndian.Uint32(sum[:]), int32(d), int32(k)})
			}
		}
		slices.SortFunc(l.short, func(a, b shortEntry) int {
			return cmp.Or(cmp.Compare(a.sum, b.sum), cmp.Compare(a.doc, b.doc), cmp.Compare(a.sentence, b.sentence))
		})
	})
	return l.short
}
