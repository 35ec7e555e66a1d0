package eval

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"footnote/answer"
	"footnote/corpus"
)

// How the first line of a label file begins, which tells it from a file of
// questions.
const (
	articleHeader = "# sha256 "
	claimsHeader  = "id\tarticle\tkind\tclaim"
	loadedHeader  = "id\tarticle\tkind\tquestion\tanswer"
)

var (
	relationKinds = []answer.RelationKind{answer.Backs, answer.Allied, answer.Fights, answer.Accuses, answer.Leads, answer.Hosts, answer.Meets}
	verdicts      = []answer.Verdict{answer.Same, answer.Different, answer.OnlySaid, answer.NotThere}
)

// IsLabels reports whether the file begins as a label file does. What cannot
// be read is none; whoever reads it then says why.
func IsLabels(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	first, _ := bufio.NewReader(f).ReadString('\n')
	first = strings.TrimRight(first, "\r\n")
	return strings.HasPrefix(first, articleHeader) || first == claimsHeader || first == loadedHeader
}

// ReadLabels reads a label file. The articles that it is about are looked up by
// id; offsets that do not fit them are refused, since they would score noise.
func ReadLabels(path string, article func(id string) (*corpus.Article, error)) (*Labels, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parseLabels(path, string(b), article)
}

// parseLabels reads the text of a label file.
func parseLabels(path, text string, article func(id string) (*corpus.Article, error)) (*Labels, error) {
	r := &labelReader{path: path, article: article}
	r.Name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	take := r.articleLine
	for line := range strings.Lines(text) {
		r.line++
		line = strings.TrimRight(line, "\r\n")
		switch {
		case r.line > 1 && line == "":
		case r.line > 1:
			take(strings.Split(line, "\t"))
		case line == claimsHeader:
			take = r.claimLine
		case line == loadedHeader:
			take = r.loadedLine
		default:
			r.begin(line)
		}
		if r.err != nil {
			return nil, r.err
		}
	}
	if r.count() == 0 {
		return nil, fmt.Errorf("%s holds no label; testdata/labels/README.md says how to write one", path)
	}
	return &r.Labels, nil
}

// labelReader reads a label file line by line up to the first trouble.
type labelReader struct {
	Labels
	path    string
	line    int
	article func(id string) (*corpus.Article, error)
	err     error
}

// fail keeps the first trouble, with where it is.
func (r *labelReader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%s line %d: "+format, append([]any{r.path, r.line}, args...)...)
	}
}

// begin reads the first line of a file about one article, which is named like
// the file and must be the text that was labelled, to the byte.
func (r *labelReader) begin(line string) {
	sum, ok := strings.CutPrefix(line, articleHeader)
	if !ok {
		r.fail("it is no label file; begin it with %q and the SHA-256 of the article's text, or with the header of claims or loaded questions", strings.TrimSpace(articleHeader))
		return
	}
	if r.Article = r.held(r.Name); r.Article == nil {
		return
	}
	if got := sha256.Sum256([]byte(r.Article.Text)); hex.EncodeToString(got[:]) != strings.TrimSpace(sum) {
		r.fail("article %s of the library has another text than the one labelled (its SHA-256 is %x); name the library that holds the labelled one with -corpus, or label the text anew", r.Name, got)
	}
}

// held returns the article with the id, or fails.
func (r *labelReader) held(id string) *corpus.Article {
	a, err := r.article(id)
	switch {
	case errors.Is(err, answer.ErrNotFound):
		r.fail("it is about article %q, which the library does not hold; name the library with -corpus", id)
	case err != nil:
		r.fail("article %q cannot be read: %v", id, err)
	}
	return a
}

// layouts are the lines about an article: the names of their fields.
var layouts = map[string]string{
	"said":     "said START END SPEAKER_START SPEAKER_END direct|reported",
	"figure":   "figure START END COUNTS_START COUNTS_END BY_START BY_END sure|vague",
	"event":    "event START END DATE",
	"relation": "relation KIND ACTOR_START ACTOR_END TARGET_START TARGET_END",
}

// articleLine reads one label of an article.
func (r *labelReader) articleLine(row []string) {
	layout, ok := layouts[row[0]]
	if !ok {
		r.fail("a label of kind %q is unknown; begin the line with said, figure, event or relation", row[0])
		return
	}
	if !r.fields(row, layout) {
		return
	}
	switch row[0] {
	case "said":
		r.Said = append(r.Said, SaidLabel{Sentence: r.span(row[1:3]), Speaker: r.span(row[3:5]), Direct: r.either(row[5], "direct", "reported")})
	case "figure":
		r.Figures = append(r.Figures, FigureLabel{Number: r.span(row[1:3]), Counts: r.optional(row[3:5]), By: r.optional(row[5:7]), Vague: r.either(row[7], "vague", "sure")})
	case "event":
		if !isDated(row[3]) {
			r.fail("%q is no date; write 2019-09-25, 2019-04, 2011 or 2011/2014", row[3])
		}
		r.Events = append(r.Events, EventLabel{Words: r.span(row[1:3]), Dated: row[3]})
	case "relation":
		kind := answer.RelationKind(row[1])
		if !slices.Contains(relationKinds, kind) {
			r.fail("a relation of kind %q is unknown; write one of %v", row[1], relationKinds)
		}
		r.Relations = append(r.Relations, RelationLabel{Kind: kind, Actor: r.span(row[2:4]), Target: r.span(row[4:6])})
	}
}

func (r *labelReader) claimLine(row []string) {
	if !r.fields(row, "id article kind claim") || r.held(row[1]) == nil {
		return
	}
	c := ClaimLabel{ID: row[0], Article: row[1], Verdict: answer.Verdict(row[2]), Text: row[3]}
	if !slices.Contains(verdicts, c.Verdict) {
		r.fail("a claim of kind %q is unknown; write one of %v", row[2], verdicts)
	}
	r.Claims = append(r.Claims, c)
}

func (r *labelReader) loadedLine(row []string) {
	if !r.fields(row, "id article kind question answer") {
		return
	}
	a := r.held(row[1])
	if a == nil {
		return
	}
	c, err := newCase(row[0], row[1], row[2], row[3], row[4])
	switch {
	case err != nil:
		r.fail("%w", err)
	case !c.None && !c.Pattern.MatchString(a.Text):
		r.fail("article %s does not hold the answer %q; write words of the sentence that answers, or NONE", row[1], row[4])
	}
	r.Loaded = append(r.Loaded, c)
}

// fields reports whether the line has every field of its layout, and fails if
// it does not.
func (r *labelReader) fields(row []string, layout string) bool {
	if len(row) != len(strings.Fields(layout)) || slices.Contains(row, "") {
		r.fail("a field is missing, empty or too many; write %s with a tab between", layout)
		return false
	}
	return true
}

// either reports whether a field is yes; it must be one of the two.
func (r *labelReader) either(field, yes, no string) bool {
	if field != yes && field != no {
		r.fail("%q is unknown; write %s or %s", field, yes, no)
	}
	return field == yes
}

// optional reads offsets that are "-" where there is nothing.
func (r *labelReader) optional(offsets []string) corpus.Span {
	if offsets[0] == "-" && offsets[1] == "-" {
		return corpus.Span{}
	}
	return r.span(offsets)
}

// span reads two offsets in the article's text.
func (r *labelReader) span(offsets []string) corpus.Span {
	start, err := strconv.Atoi(offsets[0])
	end, err2 := strconv.Atoi(offsets[1])
	if errors.Join(err, err2) != nil {
		r.fail("%q and %q are no offsets; write whole numbers of bytes", offsets[0], offsets[1])
		return corpus.Span{}
	}
	text := r.Article.Text
	switch border := func(i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }; {
	case start < 0 || start >= end || end > len(text):
		r.fail("offsets %d to %d do not lie in the text, which has %d bytes; count bytes of what bot -text %s prints, the start before the end", start, end, len(text), r.Name)
	case !border(start) || !border(end):
		r.fail("offsets %d to %d cut a character in two; count bytes of what bot -text %s prints, not characters", start, end, r.Name)
	}
	return corpus.Span{Start: start, End: end}
}

// isDated reports whether a text is a day, a month or a year, or a span of
// them from the earlier to the later.
func isDated(s string) bool {
	from, to, isSpan := strings.Cut(s, "/")
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		begin, err := time.Parse(layout, from)
		if err != nil {
			continue
		}
		end, err := time.Parse(layout, to)
		return !isSpan || err == nil && begin.Before(end)
	}
	return false
}
