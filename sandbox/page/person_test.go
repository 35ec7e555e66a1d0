package page

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
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

func TestReadAloud(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	b.ask("how many islanders depend on the ferry?")
	b.do(chromedp.ActionFunc(func(ctx context.Context) error {
		nodes, err := queryRole(ctx, "log")
		if err != nil {
			return err
		}
		if len(nodes) != 1 {
			t.Fatalf("%d elements with the role log, want 1", len(nodes))
		}
		got := map[string]string{}
		for _, p := range nodes[0].Properties {
			got[string(p.Name)] = strings.Trim(string(p.Value.Value), `"`)
		}
		if got["live"] != "polite" || got["busy"] == "true" {
			t.Errorf("the log is live %q, busy %q; want polite and not busy", got["live"], got["busy"])
		}
		return nil
	}))
	// A reply is added to the log; what stood there stays the same element.
	b.do(chromedp.Evaluate(`window.before = `+answer+`; true`, nil))
	b.ask("what does the repair cost?")
	if !eval[bool](b, `window.before.isConnected && document.getElementById("log").contains(`+answer+`)`) {
		t.Error("the log was drawn anew for one reply, so that all of it is announced again")
	}
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

// A page that is turned changes the message; whoever pressed the button stays at it.
func TestPages(t *testing.T) {
	dir := t.TempDir()
	text := strings.Repeat("The quay of Ostby is long, and "+strings.Repeat("the quay is old, ", 20)+"they say.\n\n", 15)
	if err := os.WriteFile(filepath.Join(dir, "quay.md"), []byte("---\ntitle: The quay\n---\n"+text), 0o644); err != nil {
		t.Fatal(err)
	}
	b := open(t, start(t, "-corpus="+dir), wide)
	b.ask("/search quay")
	b.back(`.innerText.startsWith("Next")`)
	before := eval[string](b, `document.activeElement.innerText`)
	b.keys(kb.Enter)
	b.wait(answer + `.innerText.includes("Previous (1")`)
	if now := eval[string](b, `document.activeElement.closest(".message") ? document.activeElement.innerText : ""`); now == "" || now == before {
		t.Errorf("after %q the focus is at %q", before, now)
	}
	// What is deleted takes no focus with it.
	b.click(button("Delete"))
	b.wait(`!document.querySelector(".from-bot")`)
	b.is(`document.activeElement.id`, "write")
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

// Without a mouse: from the address bar to the passage and back, a command, a
// menu, a form.
func TestKeyboardOnly(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	focused := func(js string) string { return `(document.activeElement ` + js + `)` }
	b.keys(kb.Tab)
	b.is(focused(`.innerText`), "Skip to writing")
	b.keys(kb.Enter)
	b.wait(focused(`.id === "write"`))
	b.keys("how many islanders depend on the ferry?" + kb.Enter)
	b.wait(answer)
	b.back(`.innerText === "Follow up"`)
	b.back(`.className === "citation"`)
	b.picture("keyboard-citation")
	b.keys(kb.Enter)
	b.wait(`document.activeElement === ` + cited)
	b.picture("keyboard-passage")
	b.keys(kb.Escape)
	b.wait(focused(`.className === "citation"`))

	b.back(`.className === "more"`)
	b.keys(kb.Enter)
	b.wait(focused(`.innerText === "Reply"`))
	b.keys(kb.ArrowDown)
	b.is(focused(`.innerText`), "Ask about this")
	b.keys(kb.Escape)
	b.wait(focused(`.className === "more"`))
	b.forward(`.innerText === "Follow up"`)
	b.keys(" ")
	b.wait(focused(`.closest("dialog")`))
	b.keys("what does the repair cost?" + kb.Enter)
	b.wait(answer + `.innerText.includes("1.2 million")`)

	b.forward(`.id === "write"`)
	b.keys("/timet" + kb.Tab)
	b.wait(focused(`.getAttribute("aria-label") === "ship, required"`))
	b.wait(`document.querySelectorAll("#choices [role=option]").length === 2`)
	b.keys(kb.ArrowDown + kb.Enter + kb.Enter)
	b.wait(answer + `.innerText.includes("twice a day")`)
}

// forward and back press Tab until an expression about the focused element holds.
func (b *tab) forward(js string) { b.Helper(); b.walk(0, js) }
func (b *tab) back(js string)    { b.Helper(); b.walk(input.ModifierShift, js) }

func (b *tab) walk(modifiers input.Modifier, js string) {
	b.Helper()
	for range 60 {
		b.press([]rune(kb.Tab)[0], modifiers)
		if eval[bool](b, `Boolean(document.activeElement`+js+`)`) {
			return
		}
	}
	b.Fatalf("Tab never leads to %s", js)
}

func TestNarrow(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), look{width: 360, height: 740})
	fits := func() {
		t.Helper()
		if w := eval[int](b, `document.documentElement.scrollWidth`); w > 360 {
			t.Errorf("the page is %d px wide", w)
		}
	}
	b.picture("narrow-first")
	fits()
	b.ask("how many islanders depend on the ferry?")
	if eval[bool](b, `Boolean(document.getElementById("reader").offsetParent || getComputedStyle(document.getElementById("reader")).display !== "none")`) {
		t.Error("the article lies over the channel though nobody asked for it")
	}
	b.picture("narrow-answer")
	fits()
	b.accessible()
	b.click(answer + `.querySelector(".citation")`)
	b.wait(`document.activeElement === ` + cited)
	b.picture("narrow-article")
	fits()
	b.accessible()
	b.click(button("Back to the answer"))
	b.wait(`document.activeElement.className === "citation"`)
	b.click(`document.getElementById("write")`)
	b.keys("/")
	b.wait(`document.querySelector("#choices [role=option]")`)
	b.picture("narrow-commands")
	fits()
}

func TestDark(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), look{width: 1400, height: 900, dark: true})
	b.ask("how many islanders depend on the ferry?")
	b.click(button("Show context"))
	b.wait(answer + `.classList.contains("private")`)
	b.click(answer + `.querySelector(".citation")`)
	b.wait(`document.activeElement === ` + cited)
	if c := eval[string](b, `getComputedStyle(document.body).backgroundColor`); c == "rgb(255, 255, 255)" {
		t.Error("the page is white in the dark")
	}
	b.accessible()
	b.picture("dark")
}

func TestArabic(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library+"/olives-ar.md")), wide)
	b.ask("/search إنتاج الزيتون")
	b.click(answer + `.querySelector(".citation")`)
	b.wait(`document.activeElement === ` + cited)
	b.is(marked, eval[string](b, quoted))
	for _, js := range []string{cited, answer + `.querySelector("blockquote")`} {
		if d := eval[string](b, `getComputedStyle(`+js+`).direction`); d != "rtl" {
			t.Errorf("%s runs %s, want rtl", js, d)
		}
	}
	b.is(cited+`.closest("[lang]").lang`, "ar")
	b.accessible()
	b.picture("arabic")
}

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

// Discord's markdown, case by case: what is written, what it becomes.
func TestMarkdown(t *testing.T) {
	b := open(t, start(t), wide)
	for _, c := range []struct{ text, want string }{
		{`**at least** 5`, `<p dir="auto"><strong>at least</strong> 5</p>`},
		{`*title*, _too_, snake_case_name`, `<p dir="auto"><em>title</em>, <em>too</em>, snake_case_name</p>`},
		{`\*\*not bold\*\* \_ \> \<\@1\>`, `<p dir="auto">**not bold** _ &gt; &lt;@1&gt;</p>`},
		{`***both***`, `<p dir="auto"><strong><em>both</em></strong></p>`},
		{`**bold *and italic* here**`, `<p dir="auto"><strong>bold <em>and italic</em> here</strong></p>`},
		{"> one\n> **two**\nafter", `<blockquote dir="auto"><p>one</p><p><strong>two</strong></p></blockquote><p dir="auto">after</p>`},
		{">>> one\ntwo", `<blockquote dir="auto"><p>one</p><p>two</p></blockquote>`},
		{`\> no quote`, `<p dir="auto">&gt; no quote</p>`},
		{`<b>&amp;`, `<p dir="auto">&lt;b&gt;&amp;amp;</p>`},
		{`<https://a.example/x_y?b=1&c=2>`, `<p dir="auto"><a href="https://a.example/x_y?b=1&amp;c=2" target="_blank" rel="noreferrer">https://a.example/x_y?b=1&amp;c=2</a></p>`},
		{`see https://a.example/x.`, `<p dir="auto">see <a href="https://a.example/x" target="_blank" rel="noreferrer">https://a.example/x</a>.</p>`},
		{`[here](https://a.example)`, `<p dir="auto"><a href="https://a.example" target="_blank" rel="noreferrer">here</a></p>`},
		{`[no](javascript:alert(1))`, `<p dir="auto">[no](javascript:alert(1))</p>`},
		{`<@1> in <#2>, <@9>`, `<p dir="auto"><span class="mention">@Ann</span> in <span class="mention">#news</span>, <span class="mention">@unknown</span></p>`},
		{"- a\n- b", `<ul dir="auto"><li>a</li><li>b</li></ul>`},
		{"3. a\n4. b", `<ol dir="auto" start="3"><li>a</li><li>b</li></ol>`},
		{`3\. a`, `<p dir="auto">3. a</p>`},
		{"## A head", `<p class="heading h2" dir="auto">A head</p>`},
		{"-# small", `<p class="small" dir="auto">small</p>`},
		{"`a*b*`", `<p dir="auto"><code>a*b*</code></p>`},
		{"```\n**x**\n```\nafter", `<pre tabindex="0"><code>**x**
</code></pre><p dir="auto">after</p>`},
		{`~~gone~~ __under__`, `<p dir="auto"><s>gone</s> <u>under</u></p>`},
		{`2 * 3 * 4 and **open`, `<p dir="auto">2 * 3 * 4 and **open</p>`},
	} {
		arg := string(encode(c.text))
		got := eval[string](b, `import("/static/markdown.js").then(({render}) => { const d = document.createElement("div"); d.append(...render(`+arg+`, {users: {1: "Ann"}, channels: {2: "news"}})); return d.innerHTML; })`)
		if got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, got, c.want)
		}
	}
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

// queryRole returns what a screen reader knows of the elements with a role.
func queryRole(ctx context.Context, role string) ([]*accessibility.Node, error) {
	doc, err := dom.GetDocument().Do(ctx)
	if err != nil {
		return nil, err
	}
	return accessibility.QueryAXTree().WithNodeID(doc.NodeID).WithRole(role).Do(ctx)
}
