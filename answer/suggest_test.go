package answer

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"footnote/corpus"
)

// Texts in which nobody speaks suggest nothing, whatever they write with a capital.
func TestSuggestsNothingAbsurd(t *testing.T) {
	for name, text := range map[string]string{
		"licence": `Our General Public Licenses are made so that You have the freedom to share. For the authors' protection, the ABC GPL clearly explains that there is no warranty.

A "Secondary Section" is a named appendix of the Document. The Licensor grants You a right. The License says that copies must be complete. Licensee Warranty means what Schedule B says.`,
		"readme":  `Fast Parser supports Unix Shells. The Config File says "strict" by default. Node Package Manager said the version was bad. Three files are missing. See the User Guide for what Dark Mode does.`,
		"faq":     `Click Forgot Password on the Login Page. Acme Support will send an email. Acme Cloud Plus adds space. The Help Center says more.`,
		"minutes": `Any Other Business was opened. Action Item 4 says that the Hall Committee must reply. 12 members were present, two missing.`,
		"recipe":  `King Arthur Flour works well. Chef Tip: use a Dutch Oven. Grandma says hello. Olive Oil supports the Spring Onions.`,
		"rules":   `The Tenant must tell the Landlord. The Lease Agreement states that Quiet Hours begin at ten. Your Sales Department said that goods were sent on Friday.`,
		"privacy": `Under the General Data Protection Regulation You may ask for a copy. The Regulation says that a request must be answered. Data Officer Fischer answers questions.`,
		"tale":    `Mister Fox came along and said, "Good day, Miss Crow." The Crow said that she was hungry indeed.`,
		"title":   `CEO of Northern Freight Carla Spohrmann said that the ship would sail on Friday.`,
	} {
		paragraphs := strings.Split(text, "\n\n")
		if got := sure(inMemory(t, []*corpus.Article{corpus.FromParagraphs(name, "en", paragraphs)}).Suggest(t.Context(), "", "", 25)); len(got) > 0 {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Who speaks in a text may be asked about.
func TestSuggestsWhoSpeaks(t *testing.T) {
	l := inMemory(t, []*corpus.Article{corpus.FromParagraphs("a", "en", []string{
		`Chief executive Nadia Holtmann said the plant would employ 300 people.`,
		`"The town needed this," Mayor Pieter Vos said.`,
		`At least 12 people were injured when a barrier fell.`,
	})})
	got := sure(l.Suggest(t.Context(), "", "", 25))
	for _, want := range []string{
		"What did Nadia Holtmann say?", "Who is Pieter Vos?", "What did Pieter Vos say?",
		"How many people were injured?",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not suggested, only %q", want, got)
		}
	}
}

// What an article asks itself may be asked, where what stands under it answers.
func TestSuggestsOwnQuestions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "faq.md")
	text := "# Town pool\n\n## Can I bring my dog?\n\nDogs are not admitted to the pool.\n\n## When does the pool open?\n\nThe pool opens at 7 in the morning.\n\n## Weather\n\nIt may rain.\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	lib, err := corpus.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	l := inMemory(t, lib.Articles)
	got := sure(l.Suggest(t.Context(), "", "", 25))
	if want := []string{"Can I bring my dog?", "When does the pool open?"}; !slices.Equal(got, want) {
		t.Errorf("suggested are %q, want %q", got, want)
	}
}

// What an edit leaves is suggested as before; a library that became another makes its
// suggestions anew.
func TestSuggestionsOutliveEdits(t *testing.T) {
	library := func(articles ...string) *Library {
		var all []*corpus.Article
		for i, text := range articles {
			all = append(all, corpus.FromParagraphs(string(rune('a'+i)), "en", []string{text}))
		}
		return inMemory(t, all)
	}
	const spoke, fell, left, rain = `Chief executive Nadia Holtmann said the plant would employ 300 people.`,
		`"The town needed this," Mayor Pieter Vos said.`, `At least 12 people were injured when a barrier fell.`, `It rained.`
	before := library(spoke, fell, rain)
	if _, err := before.Suggest(t.Context(), "", "", 25); err != nil {
		t.Fatal(err)
	}
	edited := library(spoke, left, rain)
	edited.suggestAs(before)
	if _, fresh, err := edited.suggested.Load().Get(t.Context(), edited.articles.ArticleKey(0), func() ([]string, error) { return nil, nil }); fresh || err != nil {
		t.Errorf("the questions of an article that stayed are made anew; %v", err)
	}
	var want []string
	for _, text := range []string{spoke, left} {
		want = append(want, sure(library(text).Suggest(t.Context(), "", "", 25))...)
	}
	if got := sure(edited.Suggest(t.Context(), "", "", 25)); !slices.Equal(got, want) || len(want) < 2 {
		t.Errorf("got %q, want %q", got, want)
	}
	last := library(spoke)
	last.suggestAs(edited)
	if last.suggested.Load() == edited.suggested.Load() {
		t.Error("a library of a third of the articles suggests what the larger one did")
	}
}
