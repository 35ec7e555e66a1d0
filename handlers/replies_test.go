package handlers

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
)

// TestReplies asks the real engine about the articles of testdata/library and
// compares whole replies. After the first interaction each step presses the
// button of that label, or, if it begins with "say ", submits the modal.
func TestReplies(t *testing.T) {
	for _, test := range []struct {
		name  string
		do    *discordgo.Interaction
		press []string
	}{
		{"ask", slash("ask", "question", "how many people were injured?"), nil},
		{"ask-said-by", slash("ask", "question", "What did the Harbour Authority say about the captain?"), nil},
		{"ask-list-markup", slash("ask", "question", "Until when are tickets paid back?"), nil},
		{"ask-recent", slash("ask", "question", "Why has the mill stopped buying?"), nil},
		{"ask-undated", slash("ask", "question", "What is the bridge built of?"), nil},
		{"ask-typo", slash("ask", "question", "How many tonnes of barly did farmers bring in?"), nil},
		{"ask-none", slash("ask", "question", "Who won the chess tournament in Brackwater?"), nil},
		{"ask-yesno", slash("ask", "question", "Does Varn Lines run the northern line?"), nil},
		{"ask-closest", slash("ask", "question", "Who owns the ferry?"), nil},
		{"ask-closest-few", slash("ask", "question", "How many passengers died in the ferry accident?"), nil},
		{"ask-closest-few-context", slash("ask", "question", "How many passengers died in the ferry accident?"), []string{"Context of 2"}},
		{"ask-closest-few-share", slash("ask", "question", "How many passengers died in the ferry accident?", "private", true), []string{"Share here"}},
		{"ask-closest-few-others", slash("ask", "question", "How many passengers died in the ferry accident?"), []string{"Other passages"}},
		{"ask-article", slash("ask", "question", "How many people were injured?", "article", "barley-harvest"), nil},
		{"ask-private", slash("ask", "question", "how many people were injured?", "private", true), nil},
		{"ask-share", slash("ask", "question", "how many people were injured?", "private", true), []string{"Share here"}},
		{"ask-context", slash("ask", "question", "how many people were injured?"), []string{"Show context"}},
		{"ask-context-list", slash("ask", "question", "Until when are tickets paid back?"), []string{"Show context"}},
		{"ask-others", slash("ask", "question", "Who runs the northern line?"), []string{"Other passages"}},
		{"ask-others-context", slash("ask", "question", "Who runs the northern line?"), []string{"Other passages", "Context of 1"}},
		{"ask-others-none", slash("ask", "question", "Who runs the northern line?"), []string{"Other passages", "None of these"}},
		{"ask-follow", slash("ask", "question", "how many people were injured?"), []string{"Follow up"}},
		{"ask-follow-said", slash("ask", "question", "how many people were injured?"), []string{"Follow up", "say and rescued?"}},
		{"ask-hostile", slash("ask", "question", "who \"runs\" **the** <@1> [northern](http://x.example) line? @everyone\n> # hi"), nil},
		{"search", slash("search", "words", "captain"), nil},
		{"search-none", slash("search", "words", "submarine"), nil},
		{"search-common", slash("search", "words", "of the"), nil},
		{"search-apart", slash("search", "words", "captain barley"), nil},
		{"search-article", slash("search", "words", "the toll", "article", "archive/note"), nil},
		{"article", slash("article"), nil},
		{"article-try", slash("article"), []string{"Who runs the northern line?"}},
		{"article-outline", slash("article", "name", "ferry runs"), nil},
		{"article-figures", slash("article", "name", "ferry runs", "view", "figures"), nil},
		{"article-timeline", slash("article", "name", "ferry runs"), []string{"Timeline"}},
		{"article-timeline-all", slash("article", "view", "timeline"), nil},
		{"article-said", slash("article", "name", "ferry runs"), []string{"Who said what"}},
		{"said-by", slash("said", "speaker", "union"), nil},
		{"said-by-about", slash("said", "speaker", "lake varn harbour authority", "about", "captain"), nil},
		{"said-by-nobody", slash("said", "speaker", "mayor"), nil},
		{"complete-said", typing("said", "article", "ferry", "speaker", "l"), nil},
		{"declared-question", slash("who-runs", "line", "south"), nil},
		{"declared-figures", slash("rescue"), nil},
		{"declared-figures-context", slash("rescue"), []string{"Context of 2"}},
		{"complete-question", typing("ask", "question", "Southern"), nil},
		{"complete-article", typing("ask", "article", "har"), nil},
		{"complete-name", typing("article", "name", ""), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			rig := newRig(t)
			r := rig.do(test.do)
			under := r
			for _, label := range test.press {
				if said, ok := strings.CutPrefix(label, "say "); ok {
					r = rig.do(fill(under, r, said))
				} else {
					under = r
					r = rig.do(rig.press(r, label))
				}
			}
			golden(t, test.name, dump(r))
		})
	}
}

// A search for what stands nearly everywhere says that it shows the first passages only.
func TestSearchForMany(t *testing.T) {
	paragraphs := make([]string, 1001)
	for i := range paragraphs {
		paragraphs[i] = fmt.Sprintf("Ship %d entered the harbour in the morning and left it in the evening.", i+1)
	}
	a := corpus.FromParagraphs("The log of the harbour", "en", paragraphs)
	for name, search := range map[string]*discordgo.Interaction{
		"search-first-thousand": slash("search", "words", "ship"),
		"search-one-of-many":    slash("search", "words", "ship 1001"),
	} {
		golden(t, name, dump(rigOf(t, []*corpus.Article{a}).do(search)))
	}
}
