package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"footnote/discord"
	"footnote/encoder"
)

// config is everything that can be set. A flag beats the environment, the
// environment beats .env, .env beats the default.
type config struct {
	corpus    string         // folder or file of articles; "" for the embedded library
	data      string         // folder of index and store
	model     *encoder.Model // nil where passages are found by their words alone
	modelFile string
	terminal  io.Writer // where progress is shown; nil where nobody looks
	token     string    // from the environment only
	guild     string
	http      string // where Discord's interactions arrive; "": over the gateway
	metrics   string // where to serve /healthz and /metrics; "": nowhere
	shards    discord.Shards
	addr      string
	level     slog.Level
	collect   func() // garbage as ever; nil where it is
	noSync    bool
	content   bool
	member    int // questions a minute for a member
	server    int // questions a minute for a server

	// What to do; none of them runs the bot on Discord.
	sandbox, rebuild, check, health, version, sync, eval bool
	ask, text, verify                                    string

	json, debug, ownPassage, force bool
	lang, article, report          string
	args                           []string // files to evaluate

	atOnce int64 // in the place of the constant, for tests
}

// setting is one configuration value that has an environment variable.
type setting struct {
	flag, env, standard, help string
}

// settings lists what the environment can set, in the order of .env.example.
// A secret has no flag.
var settings = []setting{
	{"", "DISCORD_TOKEN", "", "the bot's token; a secret, so there is no flag for it"},
	{"corpus", "CORPUS", "", "folder or file of articles; without it the article that comes with the bot"},
	{"model", "MODEL", "", "file of weights in place of those in the program; none: passages are found by their words alone"},
	{"data", "DATA", "", "folder of the index and the store; default footnote in the user's data folder"},
	{"guild", "GUILD_ID", "", "register the slash commands in this one server only, where they show at once"},
	{"message-content", "MESSAGE_CONTENT", "true", "ask Discord for the message-content intent, which free text in channels needs"},
	{"member-limit", "MEMBER_LIMIT", "5", "questions a minute that one member may ask"},
	{"server-limit", "SERVER_LIMIT", "30", "questions a minute that one server may ask"},
	{"http", "HTTP_ADDR", "", "take commands, menus and buttons over HTTP on this address instead of the gateway; mentions and free text do not come that way"},
	{"metrics", "METRICS_ADDR", "", "serve /healthz and /metrics on this address; a port alone means this machine only; default with HTTP_ADDR the same address, else nowhere"},
	{"shards", "SHARDS", "auto", "which connections to Discord to hold: auto, 5/8, or 0-3/8 for the first four of eight"},
	{"addr", "SANDBOX_ADDR", "127.0.0.1:8080", "address of the page that -sandbox serves; the next free port where it is taken"},
	{"log", "LOG", "", "what to log: debug, info, warn or error; default info, with -sandbox warn"},
}

// parseConfig reads flags, environment and .env. Beside an error the
// configuration holds the token, so that it can be hidden.
func parseConfig(args []string, getenv func(string) string, stderr io.Writer) (*config, error) {
	env, errEnv := environment(getenv)
	c := &config{token: strings.TrimSpace(strings.TrimPrefix(env("DISCORD_TOKEN"), "Bot "))}
	fs := flag.NewFlagSet("bot", flag.ContinueOnError)
	fs.SetOutput(io.Discard) // its errors come back, and one line is enough
	fs.Usage = func() {}

	values, standards := map[string]*string{}, map[string]string{}
	for _, s := range settings {
		standard := cmp.Or(env(s.env), s.standard)
		standards[s.env] = standard
		if s.flag == "" {
			continue // it is read already
		}
		values[s.env] = fs.String(s.flag, standard, s.help+" ("+s.env+")")
	}
	fs.BoolVar(&c.sandbox, "sandbox", false, "run against a stand-in for Discord inside this process: no account, no token")
	fs.StringVar(&c.ask, "ask", "", "answer one `question`, or find one again by its id, in the terminal and exit: 0 answered, 1 abstained, 2 trouble; - reads questions from standard input, one a line")
	fs.StringVar(&c.article, "article", "", "with -ask: the `id` of the only article to look in")
	fs.BoolVar(&c.json, "json", false, "with -ask, -eval: print JSON, one object a line")
	fs.BoolVar(&c.debug, "debug", false, "with -ask: print how the answer came about; with -eval: print every label that was missed and every false finding")
	fs.BoolVar(&c.rebuild, "rebuild", false, "rebuild the index from the library, print what changed and exit; a running bot takes the new one over")
	fs.BoolVar(&c.check, "check", false, "check configuration, library and index, print what was understood of each article, and exit; 1 if anything is wrong")
	fs.BoolVar(&c.eval, "eval", false, "score the labelled questions, and the labels, in the files named as arguments and exit")
	fs.StringVar(&c.lang, "lang", "en", "with -eval: the `language` of SQuAD files")
	fs.BoolVar(&c.ownPassage, "own-passage", false, "with -eval: ask each SQuAD question of its own paragraph alone")
	fs.StringVar(&c.report, "report", "", "with -eval: write curves, tables and every miss to this `file`, a web page")
	fs.BoolVar(&c.sync, "sync-commands", false, "register the slash commands where they differ, print the difference and exit")
	fs.BoolVar(&c.force, "force-sync", false, "with -sync-commands: delete commands that are not Footnote's as well")
	fs.BoolVar(&c.noSync, "no-sync", false, "do not register the slash commands at start")
	fs.StringVar(&c.verify, "verify", "", "cut the answer with this `id` from the library again and say whether it still stands")
	fs.StringVar(&c.text, "text", "", "print the text of the article with this `id`; every offset counts its bytes")
	fs.BoolVar(&c.health, "health", false, "exit 0 if the bot that runs on this data folder is connected and its index answers")
	fs.BoolVar(&c.version, "version", false, "print the version and exit")
	// Flags may stand behind files too: bot -eval FILE -corpus FOLDER.
	for rest := args; ; {
		switch err := fs.Parse(rest); {
		case errors.Is(err, flag.ErrHelp):
			fs.SetOutput(stderr)
			usage(fs, stderr)
			return c, err
		case err != nil:
			return c, fmt.Errorf("%w; bot -h lists the flags", err)
		}
		if fs.NArg() == 0 {
			break
		}
		c.args = append(c.args, fs.Arg(0))
		rest = fs.Args()[1:]
	}
	asked := false
	var swallowed error
	fs.Visit(func(f *flag.Flag) {
		asked = asked || f.Name == "ask"
		// Left out, a value is taken from what stands behind.
		if v := f.Value.String(); len(v) > 1 && v[0] == '-' && (fs.Lookup(strings.Trim(v, "-")) != nil || v == "-h") {
			swallowed = fmt.Errorf("-%s is given no value, since %s stands where it belongs; bot -h lists the flags", f.Name, v)
			if f.Name == "ask" {
				swallowed = fmt.Errorf("-ask is given no question, since %s stands where it belongs; write bot -ask \"question\" %s, or -ask - to read questions from standard input", v, v)
			}
		}
	})
	if err := cmp.Or(swallowed, errEnv); err != nil {
		return c, err
	}
	if asked && c.ask == "" {
		c.ask = " " // an empty question is asked, and abstained
	}
	if len(c.args) > 0 && !c.eval {
		return c, fmt.Errorf("unexpected argument %q; only -eval takes arguments, see bot -h", c.args[0])
	}
	if c.report != "" && !c.eval {
		return c, errors.New("-report tells how the questions of -eval were answered; write bot -eval FILE... -report FILE.html")
	}
	// Left out, its value would be a file of questions, to be written over.
	if ext := filepath.Ext(c.report); c.report != "" && ext != ".html" && ext != ".htm" {
		return c, fmt.Errorf("-report writes a web page, and %q is not called one; write -report FILE.html", c.report)
	}
	for name, v := range values {
		if *v = unquoted(*v); *v == "" { // given empty, a setting is not set
			*v = standards[name]
		}
	}
	return c, c.read(values, getenv)
}

// read turns the values of settings into the configuration.
func (c *config) read(values map[string]*string, getenv func(string) string) error {
	get := func(env string) string { return *values[env] }
	c.corpus, c.guild, c.addr, c.modelFile = get("CORPUS"), get("GUILD_ID"), get("SANDBOX_ADDR"), get("MODEL")
	var errs []error
	var err error
	if strings.ContainsFunc(c.token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		errs = append(errs, errors.New("DISCORD_TOKEN holds a space, a line break or a letter that no token has; copy the token again, alone, from the developer portal, page Bot"))
	}
	if c.content, err = strconv.ParseBool(get("MESSAGE_CONTENT")); err != nil {
		errs = append(errs, fmt.Errorf("MESSAGE_CONTENT is %q; set it to true or false", get("MESSAGE_CONTENT")))
	}
	if c.http, err = address(get("HTTP_ADDR"), ""); err != nil {
		errs = append(errs, fmt.Errorf("HTTP_ADDR is %w", err))
	}
	if c.metrics, err = address(get("METRICS_ADDR"), "127.0.0.1"); err != nil {
		errs = append(errs, fmt.Errorf("METRICS_ADDR is %w", err))
	}
	if c.shards, err = discord.ParseShards(get("SHARDS")); err != nil {
		errs = append(errs, fmt.Errorf("SHARDS: %w", err))
	}
	if c.http != "" && c.shards.Count > 0 {
		errs = append(errs, errors.New("SHARDS and HTTP_ADDR are both set; over HTTP there are no connections to share out, so take one of them away"))
	}
	for _, limit := range []struct {
		env string
		to  *int
	}{{"MEMBER_LIMIT", &c.member}, {"SERVER_LIMIT", &c.server}} {
		if *limit.to, err = strconv.Atoi(get(limit.env)); err != nil || *limit.to < 1 {
			errs = append(errs, fmt.Errorf("%s is %q; set it to a whole number from 1", limit.env, get(limit.env)))
		}
	}
	level := get("LOG")
	if level == "" && c.sandbox {
		level = "warn" // the terminal belongs to the conversation
	}
	if level == "" {
		level = "info"
	}
	if err := c.level.UnmarshalText([]byte(level)); err != nil {
		errs = append(errs, fmt.Errorf("LOG is %q; set it to debug, info, warn or error", get("LOG")))
	}
	if c.data = get("DATA"); c.data == "" {
		c.data = defaultData(getenv("XDG_DATA_HOME"))
	}
	return errors.Join(errs...)
}

// address completes the address to listen on; a port alone belongs to host, ""
// being every network of the machine. Nothing stays nothing.
func address(s, host string) (string, error) {
	if s == "" {
		return "", nil
	}
	typed := s
	if !strings.Contains(s, ":") {
		s = ":" + s
	}
	named, port, err := net.SplitHostPort(s)
	if n, e := strconv.ParseUint(port, 10, 16); err != nil || e != nil || strconv.FormatUint(n, 10) != port {
		return "", fmt.Errorf("%q; write host and port, such as 127.0.0.1:9090, or the port alone", typed)
	}
	return net.JoinHostPort(cmp.Or(named, host), port), nil
}

// defaultData returns footnote in the user's data folder.
func defaultData(xdg string) string {
	if filepath.IsAbs(xdg) {
		return filepath.Join(xdg, "footnote")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return filepath.Join(os.TempDir(), "footnote")
	}
	return filepath.Join(home, ".local", "share", "footnote")
}

func usage(fs *flag.FlagSet, w io.Writer) {
	fmt.Fprint(w, `Footnote answers questions about articles and shows where each answer stands.

  bot                     run on Discord; needs DISCORD_TOKEN
  bot -sandbox            try it without an account
  bot -ask "question"     one answer in the terminal

Flags; the name in parentheses is the environment variable that sets the same:

`)
	fs.PrintDefaults()
}
