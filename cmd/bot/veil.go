package main

import (
	"bytes"
	"io"
	"regexp"
)

// veil hides tokens in what the program prints and logs, wherever they got in:
// somebody may paste one where a folder or a question belongs. As many bytes
// stand in a token's place, so that offsets go on counting.
type veil struct {
	to    io.Writer
	token []byte // the bot's own; too short a one hides nothing
}

// tokenShape is what Discord's tokens look like.
var tokenShape = regexp.MustCompile(`[\w-]{23,30}\.[\w-]{6}\.[\w-]{27,}`)

// leastToken is the length from which a text is taken for the bot's own token
// wherever it stands.
const leastToken = 8

func (v *veil) Write(p []byte) (int, error) {
	shown := tokenShape.ReplaceAllFunc(p, hidden)
	if len(v.token) >= leastToken {
		shown = bytes.ReplaceAll(shown, v.token, hidden(v.token))
	}
	if _, err := v.to.Write(shown); err != nil {
		return 0, err
	}
	return len(p), nil
}

func hidden(token []byte) []byte { return bytes.Repeat([]byte("*"), len(token)) }
