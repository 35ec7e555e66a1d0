package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"footnote/answer"
	"footnote/handlers"
	"footnote/sandbox"
)

// Exit codes of -ask, as grep has them.
const (
	exitAnswered  = 0
	exitAbstained = 1
	exitTrouble   = 2
)

// maxLine bounds a line of questions from standard input, in bytes; what is
// longer is read to its end and cut.
const maxLine = 1 << 16

// ask answers one question, or each line of standard input.
func ask(ctx context.Context, c *config, lib *answer.Library, stdin io.Reader, stdout io.Writer) (int, error) {
	if c.article != "" && lib.Article(c.article) == nil {
		return exitTrouble, fmt.Errorf("the library holds no article %q; bot -check lists the articles", c.article)
	}
	if c.ask != "-" {
		a, err := c.reply(ctx, lib, strings.TrimSpace(c.ask), stdout)
		if err := errors.Join(a.Err, err); err != nil {
			return exitTrouble, err
		}
		if a.Status == answer.Answered {
			return exitAnswered, nil
		}
		return exitAbstained, nil
	}
	in := bufio.NewReader(stdin)
	out := bufio.NewWriter(stdout)
	for {
		line, err := awaitLine(ctx, in)
		if err != nil && !errors.Is(err, io.EOF) {
			return exitTrouble, errors.Join(err, out.Flush())
		}
		if err != nil && line == "" {
			return exitAnswered, out.Flush()
		}
		line = strings.TrimSpace(line)
		if !c.json { // which holds the question itself
			fmt.Fprintf(out, "Question: %s\n", visible(line))
		}
		if _, err := c.reply(ctx, lib, line, out); err != nil {
			return exitTrouble, err
		}
		// Somebody may be reading along; a question is answered before the next.
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return exitTrouble, err
			}
		}
	}
}

// reply answers what was typed as /ask does: an id by the answer that it names,
// and anything else as a question. What could be an id and a word is asked first.
func (c *config) reply(ctx context.Context, lib *answer.Library, text string, w io.Writer) (answer.Answer, error) {
	id := text
	if len(id) > 3 && strings.EqualFold(id[:3], "id ") { // as it stands in a citation
		id = strings.TrimSpace(id[3:])
	}
	short := strings.ToLower(id)
	isShort, isLong := answer.IsShortID(short), answer.ShortID(id) != ""
	sure := isLong || isShort && answer.NoWord(short)
	var found []answer.Answer
	switch {
	case isShort:
		found = withShortID(lib, short, c.article)
	case isLong:
		if a, err := lib.Find(id); err == nil {
			found = append(found, a)
		}
	}
	if sure && len(found) > 0 {
		return c.printFound(w, text, found)
	}
	first := handlers.AskedFirst(lib, text, c.article, time.Now())
	if first != nil && !first.Perhaps {
		return c.printFirst(w, text, first, len(lib.Articles()))
	}
	q, t := answer.Question{Text: text, Article: c.article}, answer.Trace{}
	if c.debug {
		t = lib.Trace(ctx, q)
	} else {
		t.Answer = lib.Ask(ctx, q)
	}
	if first != nil && t.Answer.Status != answer.Answered && t.Answer.Err == nil {
		return c.printFirst(w, text, first, len(lib.Articles()))
	}
	if t.Answer.Status != answer.Answered && t.Answer.Err == nil {
		switch {
		case len(found) > 0:
			return c.printFound(w, text, found)
		case (isLong || isShort && len(short) == 8) && !c.json:
			_, err := fmt.Fprintf(w, "No passage has the id %s: the one that had it has changed or is gone.\n", id)
			return t.Answer, err
		}
	}
	return t.Answer, c.print(w, t)
}

// printFirst prints what is asked of an article itself or of the bot. As JSON it is
// an answer that quotes what the article begins with, whose citation holds title,
// source and date; where it is open which article is meant, others holds what each begins with.
func (c *config) printFirst(w io.Writer, text string, first *handlers.First, searched int) (answer.Answer, error) {
	a := answer.Answer{Status: answer.Abstained, Band: answer.BandClosest, Others: []answer.Other{}, Corrected: map[string]string{}, Searched: searched}
	others := first.Quotes
	if first.Chosen && len(others) > 0 {
		a, others = others[0], others[1:]
		a.Confidence = 1
	}
	a.Question = text
	for _, o := range others[:min(len(others), maxFirstOthers)] {
		a.Others = append(a.Others, answer.Other{Article: o.Citation.Article, Paragraph: o.Citation.Paragraph,
			Start: o.Citation.Start, End: o.Citation.End, Quote: o.Quote})
	}
	if c.json {
		return a, c.print(w, answer.Trace{Answer: a})
	}
	if first.Line != "" {
		_, err := fmt.Fprintln(w, sandbox.PlainText(first.Line))
		return a, err
	}
	for _, q := range first.Quotes {
		if _, err := io.WriteString(w, plain(q)); err != nil {
			return a, err
		}
	}
	return a, nil
}

// maxFirstOthers is how many further sentences the JSON of such an answer holds,
// as that of any.
const maxFirstOthers = 5

// maxSame bounds the sentences of one id that are looked through.
const maxSame = 1000

// withShortID returns the answers of a short id in an article, "" for all.
func withShortID(lib *answer.Library, id, article string) []answer.Answer {
	found, _ := lib.FindShort(id, maxSame)
	return slices.DeleteFunc(found, func(a answer.Answer) bool { return article != "" && a.Citation.Article != article })
}

// printFound prints the answers of an id. As JSON it is one answer, as for any
// question, with the rest as its others.
func (c *config) printFound(w io.Writer, text string, found []answer.Answer) (answer.Answer, error) {
	first := found[0]
	first.Question = text
	for _, a := range found[1:min(len(found), maxVerified)] {
		first.Others = append(first.Others, answer.Other{Article: a.Citation.Article, Paragraph: a.Citation.Paragraph,
			Start: a.Citation.Start, End: a.Citation.End, Quote: a.Quote})
	}
	if c.json {
		return first, c.print(w, answer.Trace{Answer: first})
	}
	for _, a := range found[:min(len(found), maxVerified)] {
		if _, err := io.WriteString(w, plain(a)); err != nil {
			return first, err
		}
	}
	if more := len(found) - maxVerified; more > 0 {
		if _, err := fmt.Fprintf(w, "and %d more\n", more); err != nil {
			return first, err
		}
	}
	return first, nil
}

// awaitLine is [readLine] until the context ends. Nothing may be read after
// that: the reading itself goes on, since standard input cannot be told to stop.
func awaitLine(ctx context.Context, in *bufio.Reader) (string, error) {
	type read struct {
		line string
		err  error
	}
	got := make(chan read, 1)
	go func() {
		line, err := readLine(in)
		got <- read{line, err}
	}()
	select {
	case <-ctx.Done():
	case r := <-got:
		if ctx.Err() == nil {
			return r.line, r.err
		}
	}
	return "", context.Cause(ctx)
}

// readLine reads a line without its end, and at most maxLine bytes of it. At
// the end of input it returns io.EOF, with what stood on a last line that has
// no end; a line that is empty but ended is no end of input.
func readLine(in *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		if room := maxLine - len(line); room > 0 {
			line = append(line, part[:min(len(part), room)]...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		return strings.TrimRight(strings.ToValidUTF8(string(line), "\uFFFD"), "\r\n"), err
	}
}

// print writes an answer as JSON or for people.
func (c *config) print(w io.Writer, t answer.Trace) error {
	if c.debug {
		printTrace(w, t)
	}
	if c.json {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(t.Answer)
	}
	_, err := io.WriteString(w, plain(t.Answer))
	return err
}

// plain renders an answer for the terminal, which shall obey nothing that an
// article holds.
func plain(a answer.Answer) string { return visible(written(a)) }

func written(a answer.Answer) string {
	var b strings.Builder
	for _, typed := range sortedKeys(a.Corrected) {
		fmt.Fprintf(&b, "(%s read as %s)\n", typed, a.Corrected[typed])
	}
	switch {
	case a.Status == answer.Answered:
		quoted(&b, a)
		return b.String()
	case len(a.Hints) > 0:
		line := "These passages may help, but none of them clearly answers:"
		if len(a.Hints) == 1 {
			line = "This may help, but it does not clearly answer:"
		}
		fmt.Fprintf(&b, "I found no passage that answers this. %s\n", line)
		for _, h := range a.Hints {
			quoted(&b, h)
		}
		return b.String()
	}
	if len(a.Looked) == 0 {
		return b.String() + "There was nothing to look for. Ask a question in words, for example: who said what?\n"
	}
	fmt.Fprintf(&b, "I found no passage that answers this. I searched %s for %s.\n", count(a.Searched, "article"), strings.Join(a.Looked, ", "))
	return b.String()
}

// quoted writes a quotation with who says it before, unless it tells that itself, and
// where it stands behind it.
func quoted(b *strings.Builder, a answer.Answer) {
	if a.SaidBy != "" && !a.Named {
		fmt.Fprintf(b, "%s:\n", a.SaidBy)
	}
	if a.Context != "" {
		fmt.Fprintf(b, "  %s\n", indent(a.Context))
	}
	fmt.Fprintf(b, "> %s\n%s", indent(a.Quote), cells(a.Columns))
	if a.Answer != a.Quote {
		fmt.Fprintf(b, "Answer: %q\n", a.Answer)
	}
	c := a.Citation
	fmt.Fprintf(b, "%s, %s, %s, paragraph %d, bytes %d to %d\n", c.Title, orUnknown(c.Source, "source unknown"), date(c.Published), c.Paragraph, c.Start, c.End)
	fmt.Fprintf(b, "id %s\n", a.ID)
}

// cells returns the cells of a row of a table under the names of their columns,
// as a line; "" where it is no row.
func cells(columns []answer.Column) string {
	var parts []string
	for _, c := range columns {
		if c.Name != "" {
			c.Value = c.Name + ": " + c.Value
		}
		parts = append(parts, c.Value)
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "; ") + "\n"
}

// indent keeps the lines of a quotation together.
func indent(s string) string { return strings.ReplaceAll(s, "\n", "\n  ") }

func orUnknown(s, unknown string) string {
	if s == "" {
		return unknown
	}
	return s
}

// date returns "26 September 2019", or "undated".
func date(published string) string {
	t, err := time.Parse(time.DateOnly, published)
	if err != nil {
		return "undated"
	}
	return t.Format("2 January 2006")
}
