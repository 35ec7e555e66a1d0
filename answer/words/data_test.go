package words

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestDataAreWellFormed parses every file and names every bad line at once.
func TestDataAreWellFormed(t *testing.T) {
	w, err := parse()
	if err != nil {
		t.Fatal(err)
	}
	groups := map[string]string{}
	for _, file := range []string{"synonyms.txt", "kinds.txt"} {
		for n, text := range lines(file) {
			here := fmt.Sprintf("%s line %d", file, n)
			text = strings.TrimPrefix(text, "~")
			seen := map[string]string{}
			for _, item := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ':' }) {
				item = strings.TrimSpace(item)
				k := w.key(item)
				if item == "" {
					t.Errorf("%s: an empty word", here)
				}
				if old, twice := seen[k]; twice {
					t.Errorf("%s: %q stands twice (as %q)", here, item, old)
				}
				seen[k] = item
				if strings.ContainsAny(item, ";|/()") {
					t.Errorf("%s: %q has a sign that separates nothing here", here, item)
				}
			}
			keys := file + strings.Join(slices.Sorted(maps.Keys(seen)), ",")
			if old, twice := groups[keys]; twice {
				t.Errorf("%s: the same words as %s", here, old)
			}
			groups[keys] = here
		}
	}
}

// TestNoWordIsGlue keeps groups small and words of many senses out of them: a
// word that is in very many groups ties together what has nothing in common.
func TestNoWordIsGlue(t *testing.T) {
	const mostGroups, mostWords = 10, 14
	count := map[string]int{}
	for n, text := range lines("synonyms.txt") {
		words := list(strings.TrimPrefix(text, "~"), ",")
		if len(words) > mostWords {
			t.Errorf("synonyms.txt line %d: %d words, want at most %d", n, len(words), mostWords)
		}
		for _, word := range words {
			count[word]++
		}
	}
	for word, n := range count {
		if n > mostGroups {
			t.Errorf("%q is in %d groups of synonyms, want at most %d", word, n, mostGroups)
		}
	}
}

func TestFilesHaveProvenance(t *testing.T) {
	entries, err := data.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".txt") {
			continue
		}
		b, err := data.ReadFile("data/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(string(b), "\n\n")
		if !strings.HasPrefix(head, "#") || !strings.Contains(head, "Written for Footnote") {
			t.Errorf("%s does not begin with a comment that says where it is from", e.Name())
		}
	}
}

// TestChatSpellsNoCommonWord keeps words that mean something as they stand from being respelled.
func TestChatSpellsNoCommonWord(t *testing.T) {
	w := Load()
	meant := strings.Fields(chatMeant)
	for c, plain := range w.chat {
		if w.Common(c) && !slices.Contains(meant, c) {
			t.Errorf("chat.txt: %q, for %q, is a word in its own right", c, plain)
		}
	}
	for _, c := range meant {
		if _, ok := w.chat[c]; !ok {
			t.Errorf("%q is excepted but not in chat.txt", c)
		}
	}
}

// chatMeant lists the chat words that are in the list of English words, too, but seldom meant as such.
const chatMeant = `
abut approx bucks cud da demo dis doc dude dudes dunno exec execs fromm gimme gonna gotta gov hows hubby info kiddo
kinda lemme mil mod mods nd nope ok peeps pres prof rep reps rn solider sorta th thees theyre tho thru ur veep vp wanna
wen whats whens wheres wot yea yeah yep yest youre yup
`
