package answer

import (
	"cmp"
	"encoding/binary"
	"errors"
	"maps"
	"slices"
	"sort"
	"strings"

	"footnote/answer/annotate"
)

// use is how often a string is used in articles.
type use struct {
	count    uint32 // as a word of a sentence
	names    uint32 // with a capital inside a sentence, or as part of a name
	articles uint32 // in how many of them, as a word, as an analysed form, or as what a sentence means without saying so
}

func (u *use) add(v use) {
	u.count, u.names, u.articles = u.count+v.count, u.names+v.names, u.articles+v.articles
}

func (u *use) subtract(v use) {
	u.count, u.names, u.articles = u.count-v.count, u.names-v.names, u.articles-v.articles
}

// wordCounts gathers the strings of articles.
type wordCounts map[string]*use

// add counts the strings of an article.
func (c wordCounts) add(p *annotate.Doc) {
	at := make([]*use, len(p.Strings))
	for i, s := range p.Strings {
		u := c[s]
		if u == nil {
			u = new(use)
			c[s] = u
		}
		u.articles++
		at[i] = u
	}
	for i := range p.Sentences {
		for _, t := range p.Sentences[i].Tokens {
			at[t.Word].count++
			if !t.Class.Is(annotate.Stop) && (t.Class.Is(annotate.Named) || t.Class.Is(annotate.Capital) && !t.Class.Is(annotate.Opening)) {
				at[t.Word].names++
			}
		}
	}
}

// table returns what was gathered in the order of the strings.
func (c wordCounts) table() *wordTable {
	t := &wordTable{words: slices.Sorted(maps.Keys(c))}
	t.uses = make([]use, len(t.words))
	for i, w := range t.words {
		t.uses[i] = *c[w]
	}
	return t
}

// wordTable is how often each string is used, in the order of the strings.
type wordTable struct {
	words []string
	uses  []use
}

// bytes returns the table as it is stored: how many strings there are and how
// long all of them are; of each how much of the one before it begins with, how
// much is left, how often it is used; and what is left, one behind the other.
func (t *wordTable) bytes() []byte {
	var rest, b []byte
	total, last := 0, ""
	for i, w := range t.words {
		shared := 0
		for shared < min(len(w), len(last)) && w[shared] == last[shared] {
			shared++
		}
		for _, n := range []int{shared, len(w) - shared, int(t.uses[i].count), int(t.uses[i].names), int(t.uses[i].articles)} {
			b = binary.AppendUvarint(b, uint64(n))
		}
		rest = append(rest, w[shared:]...)
		total, last = total+len(w), w
	}
	head := binary.AppendUvarint(nil, uint64(len(t.words)))
	head = binary.AppendUvarint(head, uint64(total))
	head = binary.AppendUvarint(head, uint64(len(b)))
	return slices.Concat(head, b, rest)
}

var errWordTable = errors.New("the table of words is damaged")

// readWordTable returns the table that is stored.
func readWordTable(b []byte) (*wordTable, error) {
	number := func() (n int) {
		v, size := binary.Uvarint(b)
		if size <= 0 || v > 1<<40 {
			b = nil
			return -1
		}
		b = b[size:]
		return int(v)
	}
	n, total, numbers := number(), number(), number()
	if n < 0 || total < 0 || numbers < 0 || numbers > len(b) || n > numbers || total > 1<<10*(len(b)+1) {
		return nil, errWordTable
	}
	rest := b[numbers:]
	b = b[:numbers]
	t := &wordTable{words: make([]string, n), uses: make([]use, n)}
	all := make([]byte, 0, total)
	ends := make([]int, n)
	last := all
	for i := range n {
		shared, more := number(), number()
		count, names, articles := number(), number(), number()
		if shared < 0 || more < 0 || articles < 0 || count < 0 || names < 0 || shared > len(last) || more > len(rest) || len(all)+shared+more > total {
			return nil, errWordTable
		}
		t.uses[i] = use{uint32(count), uint32(names), uint32(articles)}
		begin := len(all)
		all = append(append(all, last[:shared]...), rest[:more]...)
		rest, last, ends[i] = rest[more:], all[begin:], len(all)
	}
	if len(b) > 0 || len(rest) > 0 {
		return nil, errWordTable
	}
	text, begin := string(all), 0
	for i, end := range ends {
		t.words[i] = text[begin:end]
		if begin = end; i > 0 && t.words[i] <= t.words[i-1] {
			return nil, errWordTable
		}
	}
	return t, nil
}

// vocabulary is what words a library holds, for repairing misspelt ones and for
// looking for none that is not there.
type vocabulary struct {
	wordTable
	byLen map[lengthAndFirst][]int32 // the words that may be meant by misspelt ones
}

type lengthAndFirst struct {
	length int
	first  byte
}

// newVocabulary puts tables together, less what is in others.
func newVocabulary(tables, less []*wordTable) *vocabulary {
	v := &vocabulary{byLen: map[lengthAndFirst][]int32{}}
	most := 0
	for _, t := range tables {
		most = max(most, len(t.words))
	}
	v.words, v.uses = make([]string, 0, most), make([]use, 0, most)
	all := slices.Concat(tables, less)
	next := make([]int, len(all))
	// The tables by the word at which each stands, the first one first.
	var order []int
	put := func(k int) {
		w := all[k].words[next[k]]
		at := sort.Search(len(order), func(i int) bool {
			return cmp.Or(strings.Compare(all[order[i]].words[next[order[i]]], w), order[i]-k) > 0
		})
		order = slices.Insert(order, at, k)
	}
	for k := range all {
		if len(all[k].words) > 0 {
			put(k)
		}
	}
	for len(order) > 0 {
		word, sum := all[order[0]].words[next[order[0]]], use{}
		for len(order) > 0 {
			k := order[0]
			if all[k].words[next[k]] != word {
				break
			}
			if u := all[k].uses[next[k]]; k < len(tables) {
				sum.add(u)
			} else {
				sum.subtract(u)
			}
			order = order[1:]
			if next[k]++; next[k] < len(all[k].words) {
				put(k)
			}
		}
		if sum.articles == 0 {
			continue
		}
		if len(word) >= leastMisspelt && sum.count > 0 {
			k := lengthAndFirst{len(word), word[0]}
			v.byLen[k] = append(v.byLen[k], int32(len(v.words)))
		}
		v.words, v.uses = append(v.words, word), append(v.uses, sum)
	}
	return v
}

// of returns how a string is used.
func (v *vocabulary) of(s string) use {
	if i, ok := slices.BinarySearch(v.words, s); ok {
		return v.uses[i]
	}
	return use{}
}

// has reports whether w is a word of a sentence in the library.
func (v *vocabulary) has(w string) bool { return v.of(w).count > 0 }

// name reports whether a word is part of a name in the library.
func (v *vocabulary) name(w string) bool { return v.of(w).names > 0 }

// means reports whether some sentence or heading of the library means a string,
// be it a word, an analysed form, or what it means without saying so.
func (v *vocabulary) means(s string) bool { return v.of(s).articles > 0 }
