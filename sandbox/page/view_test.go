package page

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// long is a library whose replies are taller than the low window.
func long(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var text strings.Builder
	for n := range 12 {
		fmt.Fprintf(&text, "The quay of Ostby has %d bollards, %sand the harbour master counts them.\n\n", 40+n, strings.Repeat("and the quay is long and old and often mended, ", 14))
	}
	if err := os.WriteFile(filepath.Join(dir, "quay.md"), []byte("---\ntitle: The quay\n---\n"+text.String()+"The lamp of Ostby burns 90 litres of oil.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return "-corpus=" + dir
}

var low = look{width: 1100, height: 560}

// begins waits until the beginning of a message stands in sight.
func (b *tab) begins(js string) {
	b.Helper()
	b.wait(`(() => { const n = ` + js + `, l = document.getElementById("log"), [m, v] = [n.getBoundingClientRect(), l.getBoundingClientRect()];
		return m.top >= v.top - 1 && m.top < v.bottom - 20 && (m.bottom <= v.bottom + 1 || m.height > v.height - 24) })()`)
}

const doubleClick = 700 * time.Millisecond

const toTop = `document.getElementById("log").scrollTop = 0; true`

// What comes of what one does comes into sight from its beginning, however tall
// the reply before it, it itself, and however far up one was.
func TestOwnDeedsComeIntoView(t *testing.T) {
	b := open(t, start(t, long(t)), low)
	b.ask("/search quay")
	tall := answer
	if !eval[bool](b, tall+`.offsetHeight > document.getElementById("log").clientHeight`) {
		t.Fatal("the reply is not taller than the window")
	}
	b.begins(answer)
	b.picture("tall-reply")
	b.ask("how much oil does the lamp burn?")
	b.begins(answer)
	b.holds(answer+`.innerText`, "90 litres")
	b.ask("/search quay")
	b.begins(answer)

	// A button of an older answer.
	b.do(chromedp.Evaluate(toTop, nil))
	b.click(button("Show context"))
	b.wait(answer + `.classList.contains("private")`)
	b.begins(answer)
	b.picture("context-of-older")

	// A page that is turned begins at its beginning.
	b.click(`[...document.querySelectorAll("#log button")].filter((x) => x.innerText.startsWith("Next")).at(-1)`)
	turned := `[...document.querySelectorAll("#log .message")].filter((m) => m.innerText.includes("Previous")).at(-1)`
	b.wait(turned)
	b.begins(turned)

	// What goes wrong is told in sight.
	b.do(chromedp.Evaluate(toTop, nil))
	b.ask("what does the lamp burn?")
	b.begins(answer)
}

// Messages of others follow whoever is at the end; whoever reads further up is
// told by a button, and stays there.
func TestMessagesOfOthers(t *testing.T) {
	address := start(t, long(t))
	b := open(t, address, low)
	other := open(t, address, low)
	other.do(chromedp.SendKeys("#me", "Moderator", chromedp.ByQuery))
	other.wait(`document.querySelectorAll("#channels li").length === 2`)
	say := func(text string) {
		t.Helper()
		other.click(`document.getElementById("write")`)
		other.keys(text + kb.Enter)
		b.wait(`document.getElementById("log").innerText.includes(` + string(encode(text)) + `)`)
	}
	news := `document.querySelector("#news button")`

	say("Good morning all.")
	b.begins(last)
	b.ask("/search quay")
	b.do(chromedp.Evaluate(toTop, nil))
	say("Good day to you all.")
	b.wait(news)
	b.is(news+`.innerText`, "New message ↓")
	b.is(`String(document.getElementById("log").scrollTop)`, "0")
	b.accessible()
	b.picture("new-message")
	say("Good evening to you all.")
	b.is(news+`.innerText`, "New messages ↓")

	// By keyboard, from where one writes; the focus goes to the first of them.
	b.click(`document.getElementById("write")`)
	b.back(`.closest("#news")`)
	b.keys(kb.Enter)
	b.wait(`!` + news)
	b.holds(`document.activeElement.innerText`, "Good day to you all.")
	b.begins(`document.activeElement`)

	// What is deleted before it was seen is no news.
	b.do(chromedp.Evaluate(toTop, nil))
	other.ask("/search lamp")
	b.wait(news)
	other.click(button("Delete"))
	b.wait(`!` + news)

	// Scrolling there takes it back, too; what one does oneself raises none.
	b.do(chromedp.Evaluate(toTop, nil))
	say("Good night.")
	b.wait(news)
	b.do(cdppage.BringToFront()) // nothing scrolls in a page that is not shown
	b.do(chromedp.Evaluate(`document.getElementById("log").scrollTop = 1e6; true`, nil))
	b.wait(`!` + news)
	b.do(chromedp.Evaluate(toTop, nil))
	b.ask("how much oil does the lamp burn?")
	b.begins(answer)
	b.wait(`!` + news)
}

// Three quick clicks are one wish, and a later one replaces its copy.
func TestThreeClicks(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	b.ask("how many islanders depend on the ferry?")
	copies := `String(document.querySelectorAll("#log .private").length)`
	n := eval[int](b, messages+`.length`)
	b.click(button("Show context"), chromedp.ClickCount(1))
	b.click(button("Show context"), chromedp.ClickCount(2))
	b.click(button("Show context"), chromedp.ClickCount(3))
	b.wait(`document.querySelector("#log .private")`)
	b.do(chromedp.Sleep(doubleClick))
	b.is(copies, "1")
	first := eval[string](b, answer+`.dataset.id`)
	b.click(button("Show context"))
	b.wait(answer + `.dataset.id !== "` + first + `"`)
	b.is(copies, "1")
	b.begins(answer)
	b.click(button("Other passages"))
	b.wait(`document.querySelectorAll("#log .private").length === 2`)

	// What was taken away does not come back with a reload.
	b.click(button("Dismiss message"))
	b.is(copies, "1")
	b.do(chromedp.Reload())
	b.wait(answer)
	b.is(copies, "1")

	b.do(chromedp.Evaluate(`for (let i = 0; i < 3; i++) document.querySelector(".welcome .button, .from-bot .button").click(); true`, nil))
	b.do(chromedp.Sleep(doubleClick))
	if now := eval[int](b, messages+`.length`); now > n+3 {
		t.Errorf("%d messages after three clicks on one button, and before %d", now, n)
	}
}

// Delete pressed at the same time in two windows, and in one that has not heard.
func TestDeletedTwice(t *testing.T) {
	address := start(t, corpusFlag(t, library))
	b := open(t, address, wide)
	b.ask("how many islanders depend on the ferry?")
	b.do(chromedp.Evaluate(`(() => { const send = window.fetch; window.fetch = (at, what) => { window.sent = [at, what]; return send(at, what); }; })()`, nil))
	b.click(button("Delete"))
	b.click(`document.getElementById("write")`)
	b.wait(`!document.querySelector(".from-bot") && window.sent`)
	b.is(`(async () => (await (await fetch(...window.sent)).json()).error)()`, "This message has been deleted.")

	// Both presses reach the bot.
	b.ask("how many islanders depend on the ferry?")
	b.do(chromedp.Evaluate(`window.fetch = ((send) => async (at, what) => { const [a, b] = await Promise.all([send(at, what), send(at, what)]); window.errors = [await a.clone().json(), await b.clone().json()].map((r) => r.error || ""); return b; })(window.fetch); true`, nil))
	b.click(button("Delete"))
	b.wait(`!document.querySelector(".from-bot") && window.errors`)
	for _, e := range eval[[]string](b, `window.errors`) {
		if e != "" && e != "This message has been deleted." {
			t.Errorf("Delete pressed twice says %q", e)
		}
	}
}

// Whoever has the page open when the bot ends is told so, loses nothing that was
// being written, and goes on when it is back.
func TestBotEndsAndComesBack(t *testing.T) {
	address, stop := launch(t, corpusFlag(t, library))
	b := open(t, address, wide)
	b.excused = "net::ERR_" // the browser tells of the connections that failed
	b.ask("how many islanders depend on the ferry?")
	stop()
	gone := "The bot does not answer: look at the terminal in which it runs."
	b.wait(`document.getElementById("hint").innerText === "` + gone + ` This page goes on by itself once it does."`)
	b.picture("bot-gone")
	b.accessible()
	b.click(button("Show context"))
	b.wait(`document.querySelector(".notice")`)
	b.is(`[...document.querySelectorAll(".notice")].map((n) => n.innerText).join()`, gone)
	b.click(`document.getElementById("write")`)
	b.keys("what does the repair cost?" + kb.Enter)
	b.do(chromedp.Sleep(doubleClick))
	b.is(`document.getElementById("write").value`, "what does the repair cost?")

	again, stop := launch(t, corpusFlag(t, library), "-addr", strings.TrimPrefix(address, "http://"))
	t.Cleanup(stop)
	if again != address {
		t.Skipf("skipped: another program took %s", address)
	}
	b.wait(`document.getElementById("hint").innerText === "" && !document.querySelector(".message")`)
	b.is(`document.getElementById("write").value`, "what does the repair cost?")
	b.click(`document.getElementById("write")`)
	b.keys(kb.Enter)
	b.wait(answer + `?.innerText.includes("1.2 million")`)
}

// A second click that lands on what has moved under the pointer was not meant for it.
func TestDoubleClickOnDelete(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), look{width: 1400, height: 1400})
	b.ask("/search Plover")
	b.ask("/search Plover")
	at := eval[[]float64](b, `(() => { const r = [...document.querySelectorAll("#log .from-bot .button")].find((n) => n.innerText === "Delete").getBoundingClientRect(); return [r.x + 9, r.y + 9] })()`)
	b.do(chromedp.MouseClickXY(at[0], at[1], chromedp.ClickCount(1)))
	b.wait(messages + `.length === 1`)
	if !eval[bool](b, fmt.Sprintf(`document.elementFromPoint(%f, %f).innerText === "Delete"`, at[0], at[1])) {
		t.Fatal("the second button has not moved under the pointer")
	}
	b.do(chromedp.MouseClickXY(at[0], at[1], chromedp.ClickCount(2)), chromedp.Sleep(doubleClick))
	b.is(`String(`+messages+`.length)`, "1")
	b.do(chromedp.MouseClickXY(at[0], at[1], chromedp.ClickCount(1)))
	b.wait(messages + `.length === 0`)
}
