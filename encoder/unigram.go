package encoder

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// unigram cuts a text as XLM-RoBERTa's models want it: letters brought to one
// form by a table, words with a mark in front, and these into the pieces whose
// scores sum to the most (Kudo 2018; the reference is SentencePiece with the
// normaliser nmt_nfkc).
type unigram struct {
	id                  map[string]int32
	score               []float32
	replace             map[rune]string // letters that become others, or nothing
	longest             int             // piece, in bytes
	unknownScore        float32
	unknown, begin, end int32
}

// wordMark stands before every word.
const wordMark = '▁'

// newUnigram takes the table as lines of a rune in hexadecimal, a tab and what it
// becomes.
func newUnigram(vocabulary []string, score []float32, table string) (*unigram, error) {
	t := &unigram{id: make(map[string]int32, len(vocabulary)), score: score, replace: map[rune]string{}}
	least := float32(0)
	for i, p := range vocabulary {
		t.id[p] = int32(i)
		t.longest = max(t.longest, len(p))
		least = min(least, score[i])
	}
	t.unknownScore = least - 10
	for name, id := range map[string]*int32{"<unk>": &t.unknown, "<s>": &t.begin, "</s>": &t.end} {
		var ok bool
		if *id, ok = t.id[name]; !ok {
			return nil, fmt.Errorf("the vocabulary lacks %s", name)
		}
	}
	for line := range strings.Lines(table) {
		code, to, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		r, err := strconv.ParseInt(code, 16, 32)
		if err != nil {
			return nil, fmt.Errorf("the table of letters is damaged: %w", err)
		}
		t.replace[rune(r)] = to
	}
	return t, nil
}

func (t *unigram) Marks() (begin, end int32) { return t.begin, t.end }

func (t *unigram) Pieces(text string) []Piece {
	pieces := make([]Piece, 0, len(text)/4+4)
	var w word
	var u unigramMemory
	for at, r := range text {
		end := at + utf8.RuneLen(r)
		if r == utf8.RuneError {
			if end = at + 1; strings.HasPrefix(text[at:], string(r)) {
				end = at + len(string(r))
			}
		}
		to, ok := t.replace[r]
		if !ok {
			to = string(r)
		}
		for _, r := range to {
			if r == ' ' {
				pieces = t.flush(pieces, &w, &u)
				continue
			}
			if len(w.text) == 0 {
				w.add(wordMark, at, end)
			}
			w.add(r, at, end)
		}
	}
	return t.flush(pieces, &w, &u)
}

// unigramMemory holds, for each byte of a word at which a piece may end, the best
// way there.
type unigramMemory struct {
	score []float32
	piece []int32
	from  []int
}

// flush appends the pieces of the word and begins a new one. Letters that no
// piece holds are unknown, several in a row as one.
func (t *unigram) flush(pieces []Piece, w *word, u *unigramMemory) []Piece {
	n := len(w.text)
	if n == 0 {
		return pieces
	}
	const nowhere = -1e30
	u.score, u.piece, u.from = append(u.score[:0], 0), append(u.piece[:0], 0), append(u.from[:0], 0)
	for range n {
		u.score, u.piece, u.from = append(u.score, nowhere), append(u.piece, t.unknown), append(u.from, 0)
	}
	for at := 0; at < n; at++ {
		if u.score[at] == nowhere {
			continue
		}
		_, first := utf8.DecodeRune(w.text[at:])
		for end := at + first; end <= n && end-at <= t.longest; {
			if id, ok := t.id[string(w.text[at:end])]; ok && id != t.unknown {
				if s := u.score[at] + t.score[id]; s > u.score[end] {
					u.score[end], u.piece[end], u.from[end] = s, id, at
				}
			}
			if end == n {
				break
			}
			_, size := utf8.DecodeRune(w.text[end:])
			end += size
		}
		if s := u.score[at] + t.unknownScore; s > u.score[at+first] {
			u.score[at+first], u.piece[at+first], u.from[at+first] = s, t.unknown, at
		}
	}
	begin := len(pieces)
	for end := n; end > 0; end = u.from[end] {
		p := Piece{u.piece[end], w.start[u.from[end]], w.end[end-1]}
		if last := len(pieces) - 1; p.ID == t.unknown && last >= begin && pieces[last].ID == t.unknown {
			pieces[last].Start = p.Start
			continue
		}
		pieces = append(pieces, p)
	}
	for i, k := begin, len(pieces)-1; i < k; i, k = i+1, k-1 {
		pieces[i], pieces[k] = pieces[k], pieces[i]
	}
	w.reset()
	return pieces
}
