package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/joho/godotenv"
)

// maxEnv bounds .env, in bytes. What is larger is some other file.
const maxEnv = 64 << 10

// environment returns a lookup in the environment and, behind it, in .env. Where
// that cannot be read the environment alone is looked up.
func environment(getenv func(string) string) (func(string) string, error) {
	file, err := readEnv(".env")
	return func(name string) string {
		return cmp.Or(unquoted(getenv(name)), unquoted(file[name]))
	}, err
}

// unquoted takes off the spaces around a value, and the quotes that shells take
// off and Docker's --env-file keeps.
func unquoted(v string) string {
	v = strings.TrimSpace(v)
	if len(v) >= 2 && (v[0] == '"' || v[0] == '\'') && v[len(v)-1] == v[0] {
		v = strings.TrimSpace(v[1 : len(v)-1])
	}
	return v
}

// readEnv reads a file of settings, which need not be there. The file holds the
// token, so its errors name a line and say nothing of what stands there.
func readEnv(name string) (map[string]string, error) {
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var src []byte
	if err == nil {
		src, err = io.ReadAll(io.LimitReader(f, maxEnv+1))
		err = errors.Join(err, f.Close())
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read (%w); it should be a file that the bot may read, with one NAME=value a line", name, cause(err))
	case len(src) > maxEnv:
		return nil, fmt.Errorf("%s is larger than %d kB; it should hold one NAME=value a line and nothing else", name, maxEnv>>10)
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if at := notText(src); at >= 0 {
		return nil, fmt.Errorf("%s line %d is not UTF-8 text; save the file as UTF-8, with one NAME=value a line", name, 1+bytes.Count(src[:at], []byte("\n")))
	}
	// A last line without an end would be read more kindly than the others.
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(src)) + "\n"
	values, ok := parseEnv(text)
	if !ok {
		return nil, fmt.Errorf("%s line %d cannot be understood; write one NAME=value a line, and quotes on both sides of a value or on none", name, badLine(text))
	}
	return values, nil
}

// notText returns where a text stops to be UTF-8, -1 if all of it is. A NUL is
// of UTF-16 or of no text at all.
func notText(src []byte) int {
	for at := 0; at < len(src); {
		r, size := utf8.DecodeRune(src[at:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

// envName is what may name a setting; godotenv takes more, such as "set NAME".
var envName = regexp.MustCompile(`^[A-Za-z0-9_.]+$`)

// parseEnv reads lines of NAME=value; false means that one is none.
func parseEnv(text string) (map[string]string, bool) {
	values, err := godotenv.Unmarshal(text)
	for name := range values {
		if !envName.MatchString(name) {
			return nil, false
		}
	}
	return values, err == nil
}

// badLine returns the line in which that begins what parseEnv does not take:
// the one behind the longest beginning that it does. A value in quotes may run
// over several lines.
func badLine(text string) int {
	good, end := 0, 0
	for n := 1; end < len(text); n++ {
		end += strings.IndexByte(text[end:], '\n') + 1
		if _, ok := parseEnv(text[:end]); ok {
			good = n
		}
	}
	return good + 1
}

// cause drops the operation and the path from a file error: the sentence around
// it names the file already.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
