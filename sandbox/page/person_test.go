package page

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

const library = "testdata/library"

func corpusFlag(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return "-corpus=" + abs
}

func (b *tab) holds(js, want string) {
	b.Helper()
	if got := eval[string](b, js); !strings.Contains(got, want) {
		b.Errorf("%s\ngot  %q\nwant %q in it", js, got, want)
	}
}

func (b *tab) is(js, want string) {
	b.Helper()
	if got := eval[string](b, js); got != want {
		b.Errorf("%s\ngot  %q\nwant %q", js, got, want)
	}
}

func TestFirstScreen(t *testing.T) {
	b := open(t, start(t), wide)
	b.holds(`document.querySelector(".top").innerText`, "stand-in for Discord")
	if n := eval[int](b, `document.querySelectorAll(".welcome .button").length`); n != 5 {
		t.Errorf("%d questions to press, want 5", n)
	}
	b.holds(`document.getElementById("article").innerText`, "the battle for Tripoli")
	b.accessible()
	b.picture("first-screen")

	b.click(`document.querySelector(".welcome .button")`)
	b.wait(answer)
	b.wait(cited)
	b.is(marked, eval[string](b, quoted))
	b.picture("first-question")
}

func TestCommandWithAutocomplete(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	b.click(`document.getElementById("write")`)
	b.keys("/")
	b.wait(button("/timetable\nHow often a ferry sails"))
	b.picture("commands")
	b.accessible()
	b.keys("as" + kb.Enter)
	b.wait(`document.activeElement.getAttribute("aria-label") === "question, required"`)
	b.wait(`document.querySelectorAll("#choices [role=option]").length`)
	b.keys("plover")
	b.wait(`[...document.querySelectorAll("#choices [role=option]")].every((o) => /plover/i.test(o.innerText)) && document.querySelector("#choices [role=option]")`)
	b.picture("autocomplete")
	b.keys(kb.ArrowDown)
	b.is(`document.activeElement.getAttribute("aria-activedescendant")`, "choice-0")
	want := eval[string](b, `document.getElementById("choice-0").innerText`)
	b.keys(kb.Enter)
	b.is(`document.activeElement.value`, want)
	b.click(button("+ private"))
	b.wait(`document.querySelectorAll("#choices [role=option]").length === 2`)
	b.keys(kb.Enter + kb.Enter) // True, then off it goes
	b.wait(answer)
	b.holds(answer+`.innerText`, want)
	b.holds(answer+`.innerText`, "Reader used /ask")
	b.holds(answer+`.innerText`, "Only you can see this")
	b.is(`document.activeElement.id`, "write")
	b.picture("command-answer")

	// A command typed in one go, and one of the library's own with choices.
	b.keys("/timetable plo")
	b.wait(`document.querySelectorAll("#choices [role=option]").length === 1`)
	b.keys(kb.Tab + kb.Enter)
	b.wait(answer + `.innerText.includes("twice a day")`)

	// What is missing is said, and Esc leads out.
	b.keys("/search ")
	b.wait(`document.activeElement.getAttribute("aria-label") === "words, required"`)
	b.keys(kb.Enter)
	b.holds(`document.getElementById("hint").innerText`, "needs words")
	b.keys(kb.Escape)
	b.is(`document.activeElement.id`, "write")
}

func TestFreeQuestion(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	b.ask("how many islanders depend on the ferry?")
	b.holds(answer+`.innerText`, "At least 340 islanders depend on the ferry")
	b.is(`document.activeElement.id`, "write") // a reply never takes the focus
	b.wait(cited)
	b.is(marked, eval[string](b, quoted))

	// The citation leads to the passage, and back.
	b.click(answer + `.querySelector(".citation")`)
	b.wait(`document.activeElement === ` + cited)
	b.is(cited+`.textContent`, "cited passage begins: "+eval[string](b, quoted)+" cited passage ends")
	if !eval[bool](b, `(() => { const c = `+cited+`.getBoundingClientRect(), p = document.getElementById("article").getBoundingClientRect(); return c.top >= p.top && c.bottom <= p.bottom; })()`) {
		t.Error("the cited passage is not in sight")
	}
	b.holds(`document.querySelector(".found").innerText`, "paragraph 2, bytes ")
	b.covered(".found")
	b.accessible()
	b.picture("citation")
	b.keys(kb.Escape)
	b.wait(`document.activeElement.className === "citation"`)

	// Silence in the channel where free text is off, an answer to a mention.
	b.click(`document.querySelectorAll("#channels button")[1]`)
	b.wait(`document.getElementById("channel-name").innerText === "# news"`)
	b.holds(`document.getElementById("topic").innerText`, "mentions @Footnote")
	b.ask("@footnote what does the repair cost?")
	b.holds(answer+`.innerText`, "1.2 million crowns")
	b.click(`document.querySelectorAll("#channels button")[2]`)
	b.ask("what does the repair cost?")
	b.holds(answer+`.innerText`, "1.2 million crowns")
	b.picture("direct-message")
}

func TestContextAndFollowUp(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	b.ask("how many islanders depend on the ferry?")
	quote := eval[string](b, quoted)
	b.click(button("Show context"))
	b.wait(answer + `.classList.contains("private")`)
	b.holds(answer+`.innerText`, "Paragraph 3")
	b.click(answer + `.querySelector(".citation")`)
	b.wait(`document.activeElement === ` + cited)
	b.is(marked, quote)
	b.picture("context")
	b.click(button("Dismiss message"))
	b.wait(`!` + answer + `.classList.contains("private")`)

	b.click(button("Follow up"))
	b.wait(`document.querySelector("dialog[open] input")`)
	b.accessible()
	b.picture("form")
	b.keys("what does the repair cost?" + kb.Enter)
	b.wait(answer + `.innerText.includes("1.2 million")`)

	b.click(button("Other passages"))
	b.wait(answer + `.innerText.includes("Passage 1")`)
	b.picture("other-passages")
	b.click(`[...` + answer + `.querySelectorAll(".citation")].at(-1)`)
	b.wait(`document.activeElement === ` + cited)
	b.is(marked, eval[string](b, `[...`+answer+`.querySelectorAll("blockquote")].at(-1).innerText.replace(/\n+/g, "\n")`))
}

func TestSearchResults(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	b.ask("/search Heron")
	b.holds(answer+`.innerText`, "Heron")
	n := eval[int](b, answer+`.querySelectorAll(".citation").length`)
	if n < 3 {
		t.Errorf("%d citations in the search, want at least 3", n)
	}
	// A list's quotation has several lines, and a citation stands before its quotation.
	for i := range n {
		at := func(what string) string {
			return answer + `.querySelectorAll("` + what + `")[` + string(rune('0'+i)) + `]`
		}
		b.click(at(".citation"))
		b.wait(`document.activeElement === ` + cited)
		b.is(marked, eval[string](b, at("blockquote")+`.innerText.replace(/\n+/g, "\n")`))
	}
	b.picture("search")
}

// Two articles of one title: the date in the citation and the quotation tell.
func TestSameTitle(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	for _, c := range []struct{ words, date, quote string }{
		{"/search crane repaired", "12 May 2023", "57 ships"},
		{"/search crane days", "5 May 2023", "41 ships"},
	} {
		b.ask(c.words)
		b.click(answer + `.querySelector(".citation")`)
		b.wait(`document.activeElement === ` + cited)
		b.holds(marked, c.quote)
		b.holds(`document.querySelector("#article .byline").innerText`, c.date)
	}
}

func TestAbstention(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	b.ask("@Footnote who won the chess tournament?")
	b.holds(answer+`.innerText`, "I found no passage that answers this")
	b.accessible()
	b.picture("abstention")
}

func TestMessageMenu(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	b.click(`document.querySelectorAll("#channels button")[1]`)
	b.click(`document.getElementById("write")`)
	b.keys("What does the repair of the Heron cost?" + kb.Enter)
	b.wait(last + ` && ` + last + `.innerText.includes("repair")`)
	b.click(last+`.querySelector(".body p")`, rightButton)
	b.wait(button("Ask about this"))
	b.accessible()
	b.picture("menu")
	b.click(button("Ask about this"))
	b.wait(answer + `?.innerText.includes("1.2 million crowns")`)

	// Reply, to the bot, by the visible button.
	b.click(button("Share here"))
	b.wait(`!` + answer + `.classList.contains("private")`)
	b.click(answer + `.querySelector(".more")`)
	b.click(button("Reply"))
	b.wait(`document.getElementById("replying").innerText.includes("Replying to Footnote")`)
	b.keys("and who pays?" + kb.Enter)
	b.wait(answer + `?.innerText.includes("asked, after")`)
	b.picture("reply")
}

// A message is compared with the articles, which only its reader sees until it
// is shared; the figure that differs leads to the article.
func TestCheckClaim(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	b.click(`document.querySelectorAll("#channels button")[1]`)
	b.click(`document.getElementById("write")`)
	b.keys("The repair of the Heron costs 2 million crowns." + kb.Enter)
	b.wait(last + ` && ` + last + `.innerText.includes("repair")`)
	b.click(last+`.querySelector(".body p")`, rightButton)
	b.click(button("Check this claim"))
	b.wait(answer + `?.innerText.includes("different; the article: \"1.2 million crowns\"; the message: \"2 million crowns\"")`)
	b.wait(answer + `.classList.contains("private")`)
	b.accessible()
	b.picture("claim")
	b.click(answer + `.querySelector(".citation")`)
	b.wait(`document.activeElement === ` + cited)
	b.is(marked, "The repair costs 1.2 million crowns.")
	b.covered(".found")
	b.picture("claim-cited")

	b.click(button("Share here"))
	b.wait(`!` + answer + `.classList.contains("private")`)
	b.holds(answer+`.innerText`, "Compared with the library")
	b.click(answer + `.querySelector(".citation")`)
	b.wait(`document.activeElement === ` + cited)
}

// The news report as it was scraped, with whatever stands in it.
func TestSharedArticle(t *testing.T) {
	const report = root + "/../shared/data/libya.txt"
	if _, err := os.Stat(report); err != nil {
		t.Skip("skipped: the shared data is not here")
	}
	b := open(t, start(t, corpusFlag(t, report)), wide)
	n := eval[int](b, `document.querySelectorAll(".welcome .button").length`)
	if n == 0 {
		t.Fatal("no question to press")
	}
	for i := range n {
		b.click(`document.querySelectorAll(".welcome .button")[` + strconv.Itoa(i) + `]`)
		b.wait(messages + `.length === ` + strconv.Itoa(2*i+2) + ` && ` + last + ` === ` + answer)
		b.click(answer + `.querySelector(".citation")`)
		b.wait(`document.activeElement === ` + cited)
		b.is(marked, eval[string](b, quoted))
	}
	b.picture("shared-article")
}
