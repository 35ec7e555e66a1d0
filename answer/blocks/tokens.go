package blocks

import (
	"slices"
	"strings"
	"unsafe"

	"footnote/answer/annotate"
)

// known is what the table of words says of one: the term and the class of the first
// token that it is the word of. The term is -1 where there is none.
type known struct {
	term  int32
	class annotate.Class
}

// How the term of a word is told in the table, behind its class.
const (
	ownTerm    = iota // it is the term
	termBefore        // the string before it is
	noToken           // no token has it for its word
	otherTerm         // the number of the term, from its own
	termBits   = 2
)

// wordTable walks over what is known of the words of an article, by the numbers of
// their strings.
func (f *form) wordTable(d *annotate.Doc) {
	if f.reading {
		f.words = make([]known, len(d.Strings))
		f.memory += len(f.words) * int(unsafe.Sizeof(known{}))
		for n := range f.words {
			v := f.next()
			w := known{int32(n), annotate.Class(v >> termBits)}
			switch v & (1<<termBits - 1) {
			case termBefore:
				w.term--
			case noToken:
				w.term = -1
			case otherTerm:
				w.term += int32(unzigzag(f.next()))
			}
			f.words[n] = w
		}
		return
	}
	f.words = slices.Grow(f.words[:0], len(d.Strings))[:len(d.Strings)]
	for n := range f.words {
		f.words[n] = known{term: -1}
	}
	for i := range d.Sentences {
		for _, t := range d.Sentences[i].Tokens {
			if uint(t.Word) < uint(len(f.words)) && uint(t.Term) < uint(len(f.words)) && f.words[t.Word].term < 0 {
				f.words[t.Word] = known{int32(t.Term), t.Class}
			}
		}
	}
	for n, w := range f.words {
		v := uint64(w.class) << termBits
		switch w.term {
		case int32(n):
			f.put(v + ownTerm)
		case -1:
			f.put(v + noToken)
		case int32(n) - 1:
			f.put(v + termBefore)
		default:
			f.put(v + otherTerm)
			f.put(zigzag(int(w.term) - n))
		}
	}
}

// newWord returns the next string that a token may be the first to have for its word.
func (f *form) newWord() int {
	if uint(f.fresh) < uint(len(f.words)) && f.words[f.fresh].term < 0 {
		return f.fresh + 1 // that is its term
	}
	return f.fresh
}

// How the word and the term of a token are told.
const (
	sameTerm = iota // the number of the word; the term is the one that the table says
	isNew           // it is the next new word, with that term
	bothTold        // the numbers of both
	wayMask  = 3
)

// What else stands behind the way of a token.
const (
	gapTold    = 4 << iota // how far it begins from one byte behind the one before
	lengthTold             // how much longer it is than its word
	classTold              // its class, which is not what the table says
)

// tokensOf walks over the tokens of a sentence. It is most of an article.
func (f *form) tokensOf(d *annotate.Doc, s *annotate.Sentence) {
	slice(f, &s.Tokens, &f.tokens)
	if f.reading {
		f.readTokens(d, s)
		return
	}
	end := s.Start - 1
	for _, t := range s.Tokens {
		var word known
		length := 0
		inTable := t.Word >= 0 && t.Word < len(d.Strings)
		if inTable {
			word, length = f.words[t.Word], len(d.Strings[t.Word])
		}
		gap, longer := t.Start-end-1, t.End-t.Start-length
		way := bothTold
		switch {
		case !inTable || t.Term != int(word.term):
		case t.Word == f.newWord():
			way = isNew
		default:
			way = sameTerm
		}
		head := way
		if gap != 0 {
			head |= gapTold
		}
		if longer != 0 {
			head |= lengthTold
		}
		if t.Class != word.class {
			head |= classTold
		}
		f.b = append(f.b, byte(head))
		switch way {
		case sameTerm:
			f.put(uint64(t.Word))
		case bothTold:
			f.put(uint64(t.Word))
			f.put(uint64(t.Term))
		}
		if head&gapTold != 0 {
			f.put(zigzag(gap))
		}
		if head&lengthTold != 0 {
			f.put(zigzag(longer))
		}
		if head&classTold != 0 {
			f.put(uint64(t.Class))
		}
		end = t.End
		f.fresh = max(f.fresh, t.Word+1, t.Term+1)
	}
}

// readTokens is tokensOf the other way round.
func (f *form) readTokens(d *annotate.Doc, s *annotate.Sentence) {
	end := s.Start - 1
	for i := range s.Tokens {
		t := &s.Tokens[i]
		head := f.b[f.at]
		f.at++
		switch head & wayMask {
		case sameTerm:
			t.Word = int(f.next())
			t.Term = int(f.words[t.Word].term)
		case isNew:
			t.Word = f.newWord()
			t.Term = int(f.words[t.Word].term)
		case bothTold:
			t.Word, t.Term = int(f.next()), int(f.next())
		}
		length := 0
		if uint(t.Word) < uint(len(d.Strings)) {
			length, t.Class = len(d.Strings[t.Word]), f.words[t.Word].class
		}
		t.Start = end + 1
		if head >= gapTold {
			if head&gapTold != 0 {
				t.Start += unzigzag(f.next())
			}
			if head&lengthTold != 0 {
				length += unzigzag(f.next())
			}
			if head&classTold != 0 {
				t.Class = annotate.Class(f.next())
			}
		}
		t.End = t.Start + length
		end = t.End
		f.fresh = max(f.fresh, t.Word+1, t.Term+1)
	}
}

// place is where a string stands in the text: the token that it is first seen at.
type place struct {
	start, end int
}

// table walks over the strings of an article. Most begin as a token of its text
// does, in small letters; what differs stands behind that.
func (f *form) table(d *annotate.Doc) {
	whole(f, &d.Strings)
	at := 0
	if f.reading {
		for i := range d.Strings {
			d.Strings[i] = f.entry(&at)
		}
		return
	}
	places := make([]place, len(d.Strings))
	for i := range d.Sentences {
		for _, t := range d.Sentences[i].Tokens {
			if t.Start < 0 || t.End < t.Start || t.End > len(f.text) {
				continue
			}
			for _, n := range [2]int{t.Word, t.Term} {
				if n >= 0 && n < len(places) && places[n].end == 0 {
					places[n] = place{t.Start, t.End}
				}
			}
		}
	}
	for i, s := range d.Strings {
		f.putEntry(s, places[i], &at)
	}
}

// What a string of the table is, besides how much of it stands in the text.
const (
	smaller   = 1 << iota // the text has it in capitals
	ending                // it ends otherwise
	entryBits = iota
)

// shortest is the least that is taken from the text.
const shortest = 2

func (f *form) putEntry(s string, p place, at *int) {
	token := f.text[p.start:p.end]
	n, small := 0, false
	for n < min(len(s), len(token)) && s[n] == lower[token[n]] {
		small = small || s[n] != token[n]
		n++
	}
	if n < shortest || small && f.makes+len(s) > len(f.text) {
		n, small = 0, false
	}
	if n < len(s) && n > 0 && f.makes+len(s) > len(f.text) {
		n, small = 0, false
	}
	head := uint64(n) << entryBits
	if small {
		head |= smaller
	}
	if n < len(s) || n == 0 {
		head |= ending
	}
	f.put(head)
	if n > 0 {
		f.near(&p.start, *at)
		*at = p.start
		if head&(smaller|ending) != 0 {
			f.makes += len(s)
		}
	}
	if head&ending != 0 {
		rest := s[n:]
		f.string(&rest)
	}
}

// entry reads a string of the table. What stands in the text is a slice of it.
func (f *form) entry(at *int) string {
	head := f.next()
	n := int(head >> entryBits)
	if n == 0 {
		return f.letter(int(f.next()))
	}
	*at += unzigzag(f.next())
	s := f.text[*at:][:n]
	if head&(smaller|ending) == 0 {
		return s
	}
	from := f.made.Len()
	if head&smaller != 0 {
		for i := range len(s) {
			f.made.WriteByte(lower[s[i]])
		}
	} else {
		f.made.WriteString(s)
	}
	if head&ending != 0 {
		f.made.WriteString(f.letter(int(f.next())))
	}
	return f.made.String()[from:]
}

// lower makes the letters A to Z small.
var lower = func() (l [256]byte) {
	for i := range l {
		l[i] = byte(i)
	}
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		l[c] = strings.ToLower(string(c))[0]
	}
	return l
}()
