package corpus

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// maxPrologue is how far into a page its charset may be named, in bytes.
const maxPrologue = 8 << 10

var charsetName = regexp.MustCompile(`(?i)^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)|<meta\s[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)`)

// decode returns the file as UTF-8 text with LF line ends and no byte order
// mark. A byte order mark says how a file is written, and so may a page; no
// other file is guessed at.
func decode(name string, data []byte) (string, *Problem) {
	html := strings.HasPrefix(strings.ToLower(path.Ext(name)), ".htm")
	if e, what := named(data, html); e != nil {
		text, err := e.NewDecoder().Bytes(data)
		if at := bytes.Index(text, []byte("\uFFFD")); err != nil || at >= 0 {
			line := 1 + bytes.Count(text[:max(at, 0)], []byte("\n"))
			return "", &Problem{name, min(line, 1+bytes.Count(data, []byte("\n"))), fmt.Sprintf("is not the %s text that it says it is; save the file as UTF-8", what)}
		}
		data = text
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 || r == 0 {
			text := fmt.Sprintf("is not UTF-8 text (byte 0x%02X); save the file as UTF-8", data[i])
			return "", &Problem{name, 1 + bytes.Count(data[:i], []byte("\n")), text}
		}
		i += size
	}
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	return strings.ReplaceAll(text, "\r", "\n"), nil
}

// named returns how a file says that it is written, and what people call it; nil
// where it is UTF-8 or says nothing. What is UTF-8 is taken for that whatever the
// page says: text in another charset is never UTF-8 by chance.
func named(data []byte, html bool) (encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), html && bytes.HasPrefix(data, []byte("<\x00")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16"
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}), html && bytes.HasPrefix(data, []byte("\x00<")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "UTF-16"
	case !html || bytes.HasPrefix(data, []byte("\uFEFF")):
		return nil, ""
	}
	match := charsetName.FindSubmatch(data[:min(len(data), maxPrologue)])
	if match == nil {
		return nil, ""
	}
	e, name := charset.Lookup(string(match[1]) + string(match[2]))
	// Only in one charset, of Japanese mail, is text of ASCII bytes something else.
	if e == nil || name == "replacement" || name == "utf-8" || utf8.Valid(data) && (name != "iso-2022-jp" || !bytes.Contains(data, []byte("\x1b$"))) {
		return nil, ""
	}
	return e, name
}
