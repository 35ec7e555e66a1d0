package page

import (
	"testing"
)

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
		{`<@1> in <#2>, <@9>`, `<p dir="auto"><span class="mention" dir="auto">@Ann</span> in <span class="mention" dir="auto">#news</span>, <span class="mention" dir="auto">@unknown</span></p>`},
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
