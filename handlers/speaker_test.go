package handlers

import (
	"testing"

	"footnote/corpus"
)

// TestSpeaker: a name has "the" where the article says it so, and its kind does.
func TestSpeaker(t *testing.T) {
	for _, c := range []struct{ text, name, want string }{
		{"The US announced it.", "US", "the US"},
		{"It is so, the US said.", "US", "the US"},
		{"The US Army came. US officials said so.", "US", "US"},
		{"The NASA probe landed, NASA said.", "NASA", "NASA"},
		{"The World Health Organization says that.", "World Health Organization", "the World Health Organization"},
		{"It warned the World Health Organization, it says.", "World Health Organization", "the World Health Organization"},
		{"At noon the United Nations asked for a truce.", "United Nations", "the United Nations"},
		{"The Mayor said so. Ida Holm was there.", "Ida Holm", "Ida Holm"},
		{"The James family left. James said so.", "James", "James"},
		{"Breathe US air, the crew said.", "US", "US"},
		{"Nobody spoke.", "US", "US"},
		{"", "", ""},
	} {
		a := corpus.FromParagraphs("", "en", []string{c.text})
		rig := newRig(t)
		if got := rig.page(rig.lib).speaker(c.name, a); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
	rig := languageRig(t, "de")
	if got := rig.page(rig.lib).speaker("US", corpus.FromParagraphs("", "en", []string{"The US announced it."})); got != "US" {
		t.Errorf("in German: %q", got)
	}
}
