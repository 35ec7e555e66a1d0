package corpus

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

const (
	knownFields = "title, source, author, published, language, url and commands"
	maxHeader   = 16 << 10 // bytes
)

var (
	fieldLine   = regexp.MustCompile(`^["']?[\p{L}_][\p{L}\p{N}_ -]*["']?\s*:(?:\s|$)`)
	colonValue  = regexp.MustCompile(`^\s*([\p{L}_][\p{L}\p{N}_-]*):\s+[^"'\[{|>].*:(?:\s|$)`)
	markValue   = regexp.MustCompile("^\\s*([\\p{L}_][\\p{L}\\p{N}_-]*):\\s+([@`%*&!|>\\[\\]{}#,?-])")
	quotedValue = regexp.MustCompile(`^\s*([\p{L}_][\p{L}\p{N}_-]*):\s+["']`)
	hashValue   = regexp.MustCompile(`^([\p{L}_][\p{L}\p{N}_-]*):\s+[^"'#][^"']*\s#`)
	language2   = regexp.MustCompile(`^([a-z]{2})(?:[-_][A-Za-z0-9_-]+)?$`)
)

// cutHeader separates the header's lines from the body's. The header stands
// between two lines of three hyphens, the first of which opens the file; first
// is the number of the body's first line. An opening line with no field under
// it is a ruled line of the body.
func cutHeader(file string, lines []string) (head, body []string, first int, problem *Problem) {
	if strings.TrimRight(lines[0], " \t") != "---" {
		return nil, lines, 1, nil
	}
	size, field := 0, false
	for i, line := range lines[1:] {
		trimmed := strings.TrimRight(line, " \t")
		if trimmed == "---" || trimmed == "..." {
			if !field && size > 0 {
				return nil, lines, 1, nil
			}
			return lines[1 : i+1], lines[i+2:], i + 3, nil
		}
		if size += len(trimmed); size > maxHeader {
			break
		}
		if !field && trimmed != "" && trimmed[0] != '#' {
			if field = fieldLine.MatchString(trimmed); !field {
				return nil, lines, 1, nil
			}
		}
	}
	if !field {
		return nil, lines, 1, nil
	}
	return nil, nil, 0, &Problem{file, 1, "close the header with a line of three hyphens; it opens here and does not end"}
}

// readHeader sets the fields of the article that the header gives. Every
// top-level field is parsed by itself, so a mistake costs that field alone.
func readHeader(file string, head []string, a *Article) []Problem {
	h := &headerReader{file: file, article: a, seen: map[string]bool{}}
	for i := 0; i < len(head); {
		end := i + 1
		for end < len(head) && !fieldLine.MatchString(head[end]) {
			end++
		}
		h.field(head[i:end], i+2)
		i = end
	}
	return h.problems
}

// headerReader reads the header of one file.
type headerReader struct {
	file     string
	article  *Article
	seen     map[string]bool
	problems []Problem
}

func (h *headerReader) problem(line int, format string, args ...any) {
	h.problems = append(h.problems, Problem{h.file, line, fmt.Sprintf(format, args...)})
}

// field reads one field, which begins at the given line of the file.
func (h *headerReader) field(lines []string, first int) {
	key, value, err := parseField(lines)
	if err != nil {
		line, text := explain(err, lines)
		h.problem(first+line, "%s", text)
		return
	}
	if value == nil {
		return
	}
	line := first + max(key.GetToken().Position.Line, 1) - 1
	name := key.GetToken().Value
	if h.seen[name] {
		h.problem(line, "take one %s away; the header has two and the first counts", name)
		return
	}
	h.seen[name] = true
	if name == "commands" {
		h.commands(value, first)
		return
	}
	if list, ok := value.(*ast.SequenceNode); ok && name == "author" {
		h.authors(list, line)
		return
	}
	if !slices.Contains(strings.Fields("title source author published language url"), name) {
		h.problem(line, "take away or rename the field %q; the header knows %s", brief(name), knownFields)
		return
	}
	text, ok := scalar(value)
	if match := markValue.FindStringSubmatch(lines[0]); !ok && match != nil {
		h.problem(line, "put the %s in quotes, it begins with %s", name, match[2])
		return
	} else if !ok {
		h.problem(line, "write %s as plain text, in quotes if need be", name)
		return
	}
	if match := hashValue.FindString(lines[0]); match != "" {
		h.problem(line, "put the %s in quotes, what follows \" #\" is taken for a comment", name)
	}
	if text == "" {
		return
	}
	switch name {
	case "title":
		h.article.Title = text
	case "source":
		h.article.Source = text
	case "author":
		h.article.Author = text
	case "published":
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			day, err = time.Parse(time.RFC3339, text)
		}
		if err != nil {
			h.problem(line, "write the date of publication as 2019-09-26, not %q", brief(text))
			return
		}
		h.article.Published = dayOf(day)
	case "language":
		match := language2.FindStringSubmatch(text)
		if match == nil {
			h.problem(line, "write the language as two small letters such as en, not %q", brief(text))
			return
		}
		h.article.Language = match[1]
	case "url":
		address, err := webAddress(text)
		if err != nil {
			h.problem(line, "write the url with https:// in front, not %q", brief(text))
			return
		}
		h.article.URL = address
	}
}

// authors reads a list of those who wrote the article.
func (h *headerReader) authors(list *ast.SequenceNode, line int) {
	var names []string
	for _, item := range list.Values {
		name, ok := scalar(item)
		if !ok {
			h.problem(line, "write each author as plain text, in quotes if need be")
			return
		}
		if name != "" {
			names = append(names, name)
		}
	}
	h.article.Author = strings.Join(names, ", ")
}

// parseField parses the lines of one top-level field. The value is nil where
// the lines hold nothing but comments.
func parseField(lines []string) (key ast.MapKeyNode, value ast.Node, err error) {
	// The parser is written for trusted files; a header is not one.
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("not YAML")
		}
	}()
	file, err := parser.ParseBytes([]byte(strings.Join(lines, "\n")+"\n"), 0)
	if err != nil {
		return nil, nil, err
	}
	for _, doc := range file.Docs {
		switch body := doc.Body.(type) {
		case nil, *ast.CommentGroupNode:
		case *ast.MappingValueNode:
			return body.Key, body.Value, nil
		case *ast.MappingNode:
			if len(body.Values) == 1 {
				return body.Values[0].Key, body.Values[0].Value, nil
			}
			return nil, nil, errors.New("not a field")
		default:
			return nil, nil, errors.New("not a field")
		}
	}
	return nil, nil, nil
}

// explain says what is wrong with a field that does not parse and how to mend
// it; line counts from 0.
func explain(err error, lines []string) (line int, text string) {
	message := "not a field"
	if e, ok := errors.AsType[yaml.Error](err); ok {
		message = e.GetMessage()
		if t := e.GetToken(); t != nil && t.Position != nil {
			line = min(max(t.Position.Line-1, 0), len(lines)-1)
		}
	}
	for i, l := range lines {
		switch {
		case strings.HasPrefix(strings.TrimLeft(l, " "), "\t"):
			return i, "indent with spaces, the line begins with a tab"
		case colonValue.MatchString(l):
			return i, fmt.Sprintf("put the %s in quotes, it contains a colon", colonValue.FindStringSubmatch(l)[1])
		}
	}
	for i, l := range lines {
		switch {
		case quotedValue.MatchString(l) && i == 0:
			return i, fmt.Sprintf("close the quotes of the %s, and double those inside it", quotedValue.FindStringSubmatch(l)[1])
		case markValue.MatchString(l) && i == line:
			match := markValue.FindStringSubmatch(l)
			return i, fmt.Sprintf("put the %s in quotes, it begins with %s", match[1], match[2])
		}
	}
	return line, fmt.Sprintf("write the field as name: value (%s)", brief(message))
}

// scalar returns the text of a node as it was written, spaces between lines
// made one; ok is false where the node is a list, a mapping or a reference.
func scalar(node ast.Node) (text string, ok bool) {
	switch n := node.(type) {
	case *ast.NullNode:
		return "", true
	case *ast.LiteralNode:
		text = n.Value.Value
	case *ast.StringNode:
		text = n.Value
	case *ast.BoolNode, *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		text = n.GetToken().Value
	default:
		return "", false
	}
	return strings.Join(strings.Fields(text), " "), true
}

// brief shortens foreign text for a sentence.
func brief(s string) string {
	const limit = 60
	if r := []rune(strings.Join(strings.Fields(s), " ")); len(r) > limit {
		return string(r[:limit]) + "…"
	} else {
		return string(r)
	}
}
