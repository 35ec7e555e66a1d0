package handlers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"footnote/answer"
	"footnote/corpus"
)

// What a button does. The state of a button stands in its custom id, with "|"
// between the parts: version, action, arguments. It is at most 100 bytes
// long, so articles appear as a hash of their id.
const (
	idVersion = "v1"

	actContext = "context" // ref; +2 at its end for a second button of one sentence
	actOthers  = "others"  // ref, article (askedHash)
	actNone    = "none"
	actNoneOf  = "noneof" // ref shown, 1 if the question was answered
	actFollow  = "follow" // article
	actShare   = "share"  // ref, article (askedHash), 1 if there are other passages
	actSearch  = "search" // article, page
	actTry     = "try"    // number
	actDelete  = "delete" // user id of who asked

	actAbout    = "about"    // what is asked of the article, article
	actArticles = "articles" // what is asked of one of them, page

	actCheck      = "check" // article
	actShareClaim = "shareclaim"

	// Views of an article, or of all.
	actOutline       = "outline"       // article, page
	actFigures       = "figures"       // article, page
	actTimeline      = "timeline"      // article, page
	actSaid          = "said"          // article, page
	actDisagreements = "disagreements" // article, page

	actSpeaker  = "speaker"  // article, speaker, about, page
	actDeclared = "declared" // article, command, values, page
)

// arguments is how many arguments each action has.
var arguments = map[string]int{
	actContext: 1, actOthers: 2, actNone: 0, actNoneOf: 2, actFollow: 1, actShare: 3, actSearch: 2, actTry: 1, actDelete: 1,
	actOutline: 2, actFigures: 2, actTimeline: 2, actSaid: 2, actDisagreements: 2, actSpeaker: 4, actDeclared: 4, actCheck: 1, actShareClaim: 0,
	actAbout: 2, actArticles: 2,
}

// anotherOf stands between a ref and a number that only tells two buttons apart.
const anotherOf = "+"

// maxCustomID is Discord's limit of a custom id, in bytes.
const maxCustomID = 100

// customID writes the state of a button.
func customID(action string, args ...string) string {
	return strings.Join(append([]string{idVersion, action}, args...), "|")
}

// parseID reads the state of a button. What is foreign, or from another
// version, or has other than n arguments for its action, is not ok.
func parseID(id string) (action string, args []string, ok bool) {
	parts := strings.Split(id, "|")
	if len(id) > maxCustomID || len(parts) < 2 || parts[0] != idVersion {
		return "", nil, false
	}
	n, known := arguments[parts[1]]
	return parts[1], parts[2:], known && len(parts)-2 == n
}

// articleHash names an article in a custom id; "-" means all articles.
func articleHash(id string) string {
	if id == "" {
		return "-"
	}
	return answer.Hash(id)
}

// articleByHash returns the article that a custom id names; nil with ok means
// all articles, and not ok that there is none.
func articleByHash(lib *answer.Library, hash string) (a *corpus.Header, ok bool) {
	if hash == "-" {
		return nil, true
	}
	a = lib.ByHash(hash)
	return a, a != nil
}

// ref names a sentence in a custom id: an answer's id with the article hashed.
func ref(article string, start, end int, quote string) string {
	return fmt.Sprintf("%s.%d-%d.%s", articleHash(article), start, end, digest(quote))
}

// resolve brings the answer of a ref back. Its errors are those of
// [answer.Library.Find].
func resolve(ctx context.Context, lib *answer.Library, ref string) (answer.Answer, error) {
	hash, rest, _ := strings.Cut(ref, ".")
	a, ok := articleByHash(lib, hash)
	if !ok || a == nil {
		return answer.Answer{}, answer.ErrNotFound
	}
	return lib.Find(ctx, a.ID+"."+rest)
}

// find brings a sentence that came near back as an answer, for it knows who speaks.
func find(ctx context.Context, lib *answer.Library, o answer.Other) (answer.Answer, error) {
	return lib.Find(ctx, fmt.Sprintf("%s.%d-%d.%s", o.Article, o.Start, o.End, digest(o.Quote)))
}

// isGone reports whether an error says that a sentence is not in the library any
// more, and not that the library cannot be read.
func isGone(err error) bool {
	return errors.Is(err, answer.ErrNotFound) || errors.Is(err, answer.ErrChanged)
}

// digest is the last part of an answer's id: the start of the SHA-256 of the quote.
func digest(quote string) string {
	sum := sha256.Sum256([]byte(quote))
	return hex.EncodeToString(sum[:4])
}

// looksLikeAnswerID reports whether a text is written like an answer's id.
func looksLikeAnswerID(s string) bool {
	rest, sum, ok := cutLast(s, ".")
	if _, err := hex.DecodeString(sum); !ok || err != nil || len(sum) != 8 {
		return false
	}
	_, offsets, ok := cutLast(rest, ".")
	from, to, dash := strings.Cut(offsets, "-")
	_, err1 := strconv.ParseUint(from, 10, 32)
	_, err2 := strconv.ParseUint(to, 10, 32)
	return ok && dash && errors.Join(err1, err2) == nil
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
