package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestModerator(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	commands := func() string {
		b.click(`document.getElementById("write")`)
		b.keys("/")
		b.wait(`document.querySelector("#choices [role=option]")`)
		return eval[string](b, `document.getElementById("choices").innerText`)
	}
	if got := commands(); strings.Contains(got, "/footnote") {
		t.Errorf("an ordinary member is offered %s", got)
	}
	b.do(chromedp.SendKeys("#me", "Moderator", chromedp.ByQuery))
	b.wait(`document.querySelectorAll("#channels li").length === 2`)
	if got := commands(); !strings.Contains(got, "/footnote status") {
		t.Errorf("the moderator is offered %s, and not /footnote status", got)
	}
	b.keys("footnote status" + kb.Enter + kb.Enter)
	b.wait(answer + `?.innerText.includes("Library:")`)
	b.picture("status")
	// A switch shows in the channel's topic.
	b.keys("/footnote channel off" + kb.Enter)
	b.keys(kb.Enter)
	b.wait(`document.getElementById("topic").innerText.includes("mentions @Footnote")`)
}

// A person drops an article in while the bot runs, and one that is broken.
func TestOwnArticles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("mill.md", "---\ntitle: The mill\n---\nThe mill of Ostby grinds 40 sacks a day.\n")
	b := open(t, start(t, "-corpus="+dir), wide)
	b.holds(`document.getElementById("article").innerText`, "40 sacks")
	write("well.md", "---\ntitle: The well\n---\nThe well of Ostby is 90 metres deep.\n")
	write("broken.md", "---\ntitle: The well: a story\n---\nThe well is deep.\n")
	b.wait(`document.getElementById("article").innerText.includes("The well")`)
	b.holds(`document.getElementById("problems").innerText`, "broken.md")
	b.picture("broken-article")
	b.accessible()
	b.ask("how deep is the well?")
	b.holds(answer+`.innerText`, "90 metres deep")
}

// A library whose only article is broken opens the page, which says what is
// wrong with which line, and answers once the file is put right.
func TestBrokenLibrary(t *testing.T) {
	file := filepath.Join(t.TempDir(), "well.md")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("---\ntitle: The well\nThe well of Ostby is 90 metres deep.\n")
	b := open(t, start(t, "-corpus="+file), wide)
	b.wait(`document.getElementById("article").innerText.includes("well.md line 1: close the header")`)
	b.wait(`document.getElementById("problems").innerText.includes("well.md line 1: close the header")`)
	b.is(`String(document.querySelectorAll(".welcome .button").length)`, "0")
	b.picture("broken-library")
	b.accessible()

	// What is wrong changes with the file.
	write("---\ntitle: The well\n---\n")
	b.wait(`document.getElementById("article").innerText.includes("well.md: has no text to quote")`)
	b.ask("@Footnote how deep is the well?")
	b.holds(answer+`.innerText`, "I found no passage that answers this")

	write("---\ntitle: The well\n---\nThe well of Ostby is 90 metres deep.\n")
	b.wait(`document.getElementById("article").innerText.includes("90 metres")`)
	b.wait(`document.getElementById("problems").innerText === ""`)
	b.ask("how deep is the well?")
	b.holds(answer+`.innerText`, "90 metres deep")
	b.picture("repaired-library")
}

// TestReadmePicture takes the picture in README.md.
func TestReadmePicture(t *testing.T) {
	if !*readmePicture {
		t.Skip("skipped: -readme writes docs/page.png")
	}
	b := open(t, start(t), look{width: 1180, height: 660})
	b.ask("Which countries support Haftar?")
	b.click(answer + `.querySelector(".citation")`)
	b.wait(`document.activeElement === ` + cited)
	b.picture("readme")
	png, err := os.ReadFile(screenshots + "/readme.png")
	if err != nil {
		t.Fatal(err)
	}
	if len(png) > 200_000 {
		t.Errorf("the picture has %d bytes, want at most 200,000", len(png))
	}
	if err := os.MkdirAll(root+"/docs", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(root+"/docs/page.png", png, 0o644); err != nil {
		t.Fatal(err)
	}
}
