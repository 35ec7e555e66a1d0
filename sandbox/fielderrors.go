package sandbox

import (
	"strings"
)

// fieldError is one thing wrong with one field of a body.
type fieldError struct {
	path    string // dotted: "embeds.0.title"; "" is the body itself
	code    string
	message string
}

// fieldErrors collects them.
type fieldErrors []fieldError

func (e *fieldErrors) add(path, code, message string) {
	*e = append(*e, fieldError{path, code, message})
}

// check adds an error unless ok.
func (e *fieldErrors) check(ok bool, path, code, message string) {
	if !ok {
		e.add(path, code, message)
	}
}

// String names every field and what is wrong with it.
func (e fieldErrors) String() string {
	parts := make([]string, len(e))
	for n, f := range e {
		parts[n] = strings.TrimPrefix(f.path+": "+f.message, ": ")
	}
	return strings.Join(parts, "; ")
}

// nested writes the errors as Discord does: an object that follows the body,
// with _errors at the fields that are wrong.
func (e fieldErrors) nested() object {
	root := object{}
	for _, f := range e {
		at := root
		for _, key := range strings.Split(f.path, ".") {
			if key == "" {
				break
			}
			next, ok := at[key].(object)
			if !ok {
				next = object{}
				at[key] = next
			}
			at = next
		}
		list, _ := at["_errors"].([]object)
		at["_errors"] = append(list, object{"code": f.code, "message": f.message})
	}
	return root
}

// refusal turns the errors into a 50035, or nil if there are none.
func (e fieldErrors) refusal() *apiError {
	if len(e) == 0 {
		return nil
	}
	return &apiError{status: 400, code: 50035, message: "Invalid Form Body", fields: e}
}

// invalid is a 50035 with one field.
func invalid(path, code, message string) *apiError {
	return fieldErrors{{path, code, message}}.refusal()
}
