package corpus

import (
	"regexp"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

const (
	maxCommands = 5
	maxChoices  = 25 // Discord shows no more
	maxFigures  = 20 // as many kinds as are looked for at once
)

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// commands reads the slash commands of the header. A command with a mistake is
// left out. Whether Discord takes the names is for package handlers to say.
func (h *headerReader) commands(node ast.Node, first int) {
	for _, c := range h.entries(node, first, "commands") {
		command, ok := h.command(c, first)
		switch {
		case !ok:
		case len(h.article.Commands) == maxCommands:
			h.problem(c.line, "take the command %s away; an article may have %d", brief(c.name), maxCommands)
		default:
			h.article.Commands = append(h.article.Commands, command)
		}
	}
}

func (h *headerReader) command(c entry, first int) (Command, bool) {
	command := Command{Name: c.name}
	fields := h.entries(c.value, first, "the command "+brief(c.name))
	ok := fields != nil
	bad := func(line int, format string, args ...any) {
		h.problem(line, format, args...)
		ok = false
	}
	for _, f := range fields {
		text, isText := scalar(f.value)
		switch f.name {
		case "description", "question":
			if !isText || text == "" {
				bad(f.line, "write the %s of %s as plain text", f.name, brief(c.name))
			} else if f.name == "question" {
				command.Question = text
			} else {
				command.Description = text
			}
		case "relation":
			relation, fault := readRelation(text)
			if !isText || text == "" {
				bad(f.line, "write the relation of %s as plain text, such as \"{leader} backs whom\", in quotes where it begins with {", brief(c.name))
			} else if fault != "" {
				bad(f.line, "mend the relation of %s: %s", brief(c.name), fault)
			}
			command.Relation = relation
		case "figures":
			list, isList := f.value.(*ast.SequenceNode)
			if !isList || len(list.Values) == 0 {
				bad(f.line, "write the figures of %s as a list, such as [killed, wounded]", brief(c.name))
				break
			}
			if n := len(list.Values); n > maxFigures {
				bad(f.line, "shorten the figures of %s to %d words, it has %d", brief(c.name), maxFigures, n)
				break
			}
			for _, v := range list.Values {
				if word, isText := scalar(v); isText && word != "" {
					command.Figures = append(command.Figures, word)
				} else {
					bad(f.line, "write the figures of %s as a list of words", brief(c.name))
				}
			}
		case "options":
			for _, o := range h.entries(f.value, first, "the options of "+brief(c.name)) {
				option, good := h.option(o, first)
				command.Options = append(command.Options, option)
				ok = ok && good
			}
		default:
			bad(f.line, "take away or rename %q; a command knows description, question, figures, relation and options", brief(f.name))
		}
	}
	if !ok {
		return command, false
	}
	ways := 0
	for _, given := range []bool{command.Question != "", command.Figures != nil, command.Relation.Kind != ""} {
		if given {
			ways++
		}
	}
	switch {
	case command.Description == "":
		bad(c.line, "give the command %s a description", brief(c.name))
	case ways != 1:
		bad(c.line, "give the command %s a question, figures or a relation, one of the three", brief(c.name))
	}
	text, what := command.asks()
	options := map[string]bool{}
	for _, o := range command.Options {
		options[o.Name] = true
		if !strings.Contains(text, "{"+o.Name+"}") {
			bad(c.line, "write {%s} into the %s of %s, or take the option away", brief(o.Name), what, brief(c.name))
		}
	}
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if !options[m[1]] {
			bad(c.line, "give the command %s an option %s, its %s has {%s}", brief(c.name), brief(m[1]), what, brief(m[1]))
		}
	}
	return command, ok
}

func (h *headerReader) option(o entry, first int) (Option, bool) {
	option := Option{Name: o.name}
	ok := true
	for _, f := range h.entries(o.value, first, "the option "+brief(o.name)) {
		switch text, isText := scalar(f.value); {
		case f.name == "description" && isText:
			option.Description = text
		case f.name == "choices":
			for _, c := range h.entries(f.value, first, "the choices of "+brief(o.name)) {
				name, isText := scalar(c.value)
				if !isText || name == "" {
					h.problem(c.line, "write the choice %s with the name that people read, as %s: Name", brief(c.name), brief(c.name))
					ok = false
				}
				option.Choices = append(option.Choices, Choice{Value: c.name, Name: name})
			}
		default:
			h.problem(f.line, "take away or mend %q; an option has a description and choices", brief(f.name))
			ok = false
		}
	}
	switch n := len(option.Choices); {
	case !ok:
	case n == 0 || n > maxChoices:
		h.problem(o.line, "give the option %s 1 to %d choices, it has %d", brief(o.name), maxChoices, n)
		ok = false
	case option.Description == "":
		h.problem(o.line, "give the option %s a description", brief(o.name))
		ok = false
	}
	return option, ok
}

// entry is one line of a mapping.
type entry struct {
	name  string
	value ast.Node
	line  int // in the file
}

// entries returns the entries of a mapping in the order in which they are
// written. It returns nil, and notes a problem, where the node is no mapping.
func (h *headerReader) entries(node ast.Node, first int, what string) []entry {
	var values []*ast.MappingValueNode
	switch n := node.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	}
	if len(values) == 0 {
		line := first
		if t := node.GetToken(); t != nil {
			line += t.Position.Line - 1
		}
		h.problem(line, "write %s as names with values under them", what)
		return nil
	}
	out := make([]entry, len(values))
	for i, v := range values {
		t := v.Key.GetToken()
		out[i] = entry{strings.TrimSpace(t.Value), v.Value, first + t.Position.Line - 1}
	}
	return out
}
