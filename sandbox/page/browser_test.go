package page

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"footnote/internal/race"
	"footnote/internal/testlog"
)

// The tests drive the real program with a real browser, as a person would.

var readmePicture = flag.Bool("readme", false, "write docs/page.png, the picture in README.md")

const (
	root        = "../.."
	screenshots = root + "/screenshots"
	axeVersion  = "axe-core@4.11.0"
	patience    = 20 * time.Second // for what should take well under one
)

// missing skips a test for want of something that CI must have.
func missing(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf("skipped: "+format, args...)
}

// program builds the bot once for all tests.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "footnote-page-")
	if err != nil {
		return "", err
	}
	atEnd = append(atEnd, func() { os.RemoveAll(dir) })
	bot := filepath.Join(dir, "bot")
	out, err := exec.Command("go", "build", "-o", bot, "footnote/cmd/bot").CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, out)
	}
	return bot, err
})

// axe fetches the accessibility checker once.
var axe = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "footnote-axe-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	npm := exec.Command("npm", "install", "--prefix", dir, "--ignore-scripts", "--no-audit", "--no-fund", axeVersion)
	if out, err := npm.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js"))
	return string(b), err
})

// browser starts Chromium once; TestMain ends it.
var browser = sync.OnceValues(func() (context.Context, error) {
	var exe string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			exe = path
			break
		}
	}
	if exe == "" {
		return nil, fmt.Errorf("there is no browser here; on Debian: apt-get install chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(exe), chromedp.NoSandbox, chromedp.Flag("lang", "en-GB"))
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	// It complains of events newer than itself, which nothing here needs.
	ctx, _ := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	atEnd = append(atEnd, func() {
		_ = chromedp.Cancel(ctx)
		cancel()
	})
	return ctx, chromedp.Run(ctx)
})

// atEnd is what TestMain has to clear away.
var atEnd []func()

func TestMain(m *testing.M) {
	code := testlog.Main(m).Run()
	for _, clear := range atEnd {
		clear()
	}
	os.Exit(code)
}

// start runs the bot against the stand-in and returns the page's address.
func start(t *testing.T, args ...string) string {
	t.Helper()
	address, stop := launch(t, args...)
	t.Cleanup(stop)
	return address
}

// launch is start with a function that ends the bot.
func launch(t *testing.T, args ...string) (address string, stop func()) {
	t.Helper()
	if (testing.Short() || race.On) && t.Name() != "TestFreeQuestion" && t.Name() != "TestFirstScreen" {
		t.Skip("skipped: a program and a browser take a while, and the race detector looks into neither")
	}
	bot, err := program()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(bot, append([]string{"-sandbox", "-log", "info", "-addr", "127.0.0.1:0", "-data", t.TempDir(), "-member-limit", "100", "-server-limit", "100"}, args...)...)
	cmd.Dir = t.TempDir() // no .env
	var stderr bytes.Buffer
	cmd.Stderr = testlog.Keep(&stderr)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stdout)
	for address == "" && lines.Scan() {
		address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(lines.Text())
	}
	go func() {
		for lines.Scan() {
		}
	}()
	stop = func() {
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the bot ended with %v", err)
		}
		if s := stderr.String(); strings.Contains(s, "broke a rule") || strings.Contains(s, "panic") {
			t.Errorf("the bot said:\n%s", s)
		}
	}
	if address == "" {
		stop()
		t.Fatalf("the bot did not say where the page is; it said:\n%s", stderr.String())
	}
	return address, stop
}

// tab is one page in the browser.
type tab struct {
	*testing.T
	ctx     context.Context
	excused string // what may stand in the browser's console all the same
}

// look says how the browser shows the page.
type look struct {
	width, height int64
	dark, touch   bool
}

var (
	wide  = look{width: 1400, height: 900}
	phone = look{width: 390, height: 844, touch: true}
)

// open opens the page. At the end nothing may stand in the browser's console.
func open(t *testing.T, address string, l look) *tab {
	t.Helper()
	parent, err := browser()
	if err != nil {
		missing(t, "%v", err)
	}
	ctx, cancel := chromedp.NewContext(parent)
	ctx, stop := context.WithTimeout(ctx, 2*time.Minute)
	b := &tab{T: t, ctx: ctx}
	var mu sync.Mutex
	var complaints []string
	complain := func(s string) {
		mu.Lock()
		defer mu.Unlock()
		complaints = append(complaints, s)
	}
	chromedp.ListenTarget(ctx, func(ev any) {
		switch ev := ev.(type) {
		case *runtime.EventExceptionThrown:
			complain(ev.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			if ev.Type == runtime.APITypeError || ev.Type == runtime.APITypeWarning {
				var said []string
				for _, a := range ev.Args {
					said = append(said, string(a.Value)+a.Description)
				}
				complain("console: " + strings.Join(said, " "))
			}
		case *log.EventEntryAdded:
			complain(fmt.Sprintf("%s: %s %s", ev.Entry.Level, ev.Entry.Text, ev.Entry.URL))
		}
	})
	t.Cleanup(func() {
		if t.Failed() {
			b.picture("failed-" + strings.ReplaceAll(t.Name(), "/", "-"))
		}
		stop()
		cancel()
		mu.Lock()
		defer mu.Unlock()
		for _, c := range complaints {
			if b.excused != "" && strings.Contains(c, b.excused) {
				continue
			}
			t.Errorf("in the browser's console: %s", c)
		}
	})
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	b.do(
		log.Enable(),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}),
		emulation.SetDeviceMetricsOverride(l.width, l.height, 1, l.touch),
		emulation.SetTouchEmulationEnabled(l.touch),
		chromedp.Navigate(address),
	)
	b.wait(`document.querySelector(".welcome")`)
	return b
}

func (b *tab) do(actions ...chromedp.Action) {
	b.Helper()
	if err := chromedp.Run(b.ctx, actions...); err != nil {
		b.Fatal(err)
	}
}

// eval returns the value of an expression of JavaScript.
func eval[V any](b *tab, js string) V {
	b.Helper()
	var v V
	b.do(chromedp.Evaluate(js, &v, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	return v
}

// wait waits until an expression holds.
func (b *tab) wait(js string) {
	b.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		if eval[bool](b, "Boolean("+js+")") {
			return
		}
		if time.Now().After(deadline) {
			b.Fatalf("this never came true: %s\nthe channel shows:\n%s", js, eval[string](b, `document.getElementById("log").innerText`))
		}
	}
}

// keys presses keys where the focus is.
func (b *tab) keys(keys string) {
	b.Helper()
	for _, r := range keys {
		b.press(r, 0)
	}
}

// press presses one key. Unlike chromedp's own it writes no character where
// the page takes the key for something else, as no keyboard does.
func (b *tab) press(r rune, modifiers input.Modifier) {
	b.Helper()
	events := kb.Encode(r)
	down, up := events[0], events[len(events)-1]
	down.Modifiers, up.Modifiers = down.Modifiers|modifiers, up.Modifiers|modifiers
	for _, e := range events {
		if e.Type == input.KeyChar {
			down.Type, down.Text, down.UnmodifiedText = input.KeyDown, e.Text, e.UnmodifiedText
		}
	}
	b.do(down, up)
}

// click presses with the mouse on what an expression returns. It has to be in
// sight and nothing may lie over it.
func (b *tab) click(js string, options ...chromedp.MouseOption) {
	b.Helper()
	b.wait(js)
	at := eval[[]float64](b, `(() => { const n = `+js+`; n.scrollIntoView({block: "center"}); const r = n.getClientRects()[0]; const [x, y] = [r.x + r.width / 2, r.y + r.height / 2];
		const hit = document.elementFromPoint(x, y); return hit && (n.contains(hit) || hit.contains(n)) ? [x, y] : [] })()`)
	if len(at) != 2 {
		b.Fatalf("something lies over %s", js)
	}
	b.do(chromedp.MouseClickXY(at[0], at[1], options...))
}

var rightButton = chromedp.ButtonType(input.Right)

// button is the expression for the last button of this label in sight.
func button(label string) string {
	text, _ := json.Marshal(label)
	return `[...document.querySelectorAll("button, [role=option], [role=menuitem]")].filter((b) => b.offsetParent && (b.innerText.trim() === ` + string(text) + ` || b.getAttribute("aria-label") === ` + string(text) + `)).at(-1)`
}

// Expressions that many tests use.
const (
	messages = `[...document.querySelectorAll("#log .message")]`
	last     = messages + `.at(-1)`
	answer   = messages + `.filter((m) => m.classList.contains("from-bot") && !m.querySelector(".thinking")).at(-1)`
	cited    = `document.getElementById("cited")`
	// What the pane marks, without the words for screen readers.
	marked = `[...document.getElementById("cited").childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join("")`
	quoted = `[...` + answer + `.querySelectorAll("blockquote")].at(0).innerText.replace(/\n+/g, "\n")`
)

// ask writes in the composer, sends, and waits for the bot's reply.
func (b *tab) ask(text string) {
	b.Helper()
	more := 2 // the question and the reply
	if strings.HasPrefix(text, "/") {
		more = 1
	}
	n := more + eval[int](b, messages+`.length`)
	testlog.Asked(text)
	b.click(`document.getElementById("write")`)
	b.keys(text + "\r")
	if more == 1 {
		b.keys("\r") // a list of choices took the first
	}
	b.wait(fmt.Sprintf(`%s.length >= %d && %s === %s`, messages, n, last, answer))
}

// picture takes a screenshot of what a person sees.
func (b *tab) picture(name string) {
	b.Helper()
	var png []byte
	err := chromedp.Run(b.ctx, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		png, err = cdppage.CaptureScreenshot().Do(ctx)
		return err
	}))
	if err == nil {
		err = os.MkdirAll(screenshots, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(screenshots, name+".png"), png, 0o644)
	}
	if err != nil {
		b.Errorf("no picture %s: %v", name, err)
	}
}

// covered says where an element lies over the article, however that is scrolled.
func (b *tab) covered(element string) {
	b.Helper()
	if eval[bool](b, `(() => { const e = document.querySelector(`+strconv.Quote(element)+`).getBoundingClientRect(), a = document.getElementById("article").getBoundingClientRect(); return e.bottom > a.top && e.top < a.bottom; })()`) {
		b.Errorf("%s covers a part of the article", element)
	}
}

// accessible runs axe on the page as it stands.
func (b *tab) accessible() {
	b.Helper()
	b.Run("accessible", func(t *testing.T) {
		script, err := axe()
		if err != nil {
			missing(t, "axe-core cannot be had from npm: %v", err)
		}
		b := &tab{T: t, ctx: b.ctx}
		b.do(chromedp.Evaluate(script+"; true", nil))
		for _, v := range eval[[]string](b, `axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations.map((v) => v.id + ": " + v.help + "\n" + v.nodes.map((n) => "  " + n.html + "\n  " + n.failureSummary).join("\n")))`) {
			t.Error(v)
		}
	})
}
