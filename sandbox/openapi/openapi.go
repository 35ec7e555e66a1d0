// Package openapi checks JSON bodies against Discord's own description of its
// HTTP API. Start with Load and give Checker.Request to sandbox.Options.Check;
// Checker.Response does the same for what a server answers. It is for tests:
// no binary needs it, and it does not know the gateway, which the description
// leaves out.
package openapi

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// resource is the name under which the description is filed; nothing is fetched.
const resource = "https://openapi.invalid/discord.json"

// Checker holds the description. Its methods may be called from any goroutine.
type Checker struct {
	doc map[string]any

	mu       sync.Mutex
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema // by JSON pointer; nil: the description has nothing there
}

// Load reads the description from a file, JSON or gzipped JSON.
func Load(path string) (*Checker, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the description of Discord's API: %w", err)
	}
	var r io.Reader = bytes.NewReader(b)
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(r); err != nil {
			return nil, fmt.Errorf("unpack %s: %w", path, err)
		}
	}
	v, err := jsonschema.UnmarshalJSON(r)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	doc, ok := v.(map[string]any)
	if !ok || doc["paths"] == nil {
		return nil, fmt.Errorf("%s is not an OpenAPI description", path)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(resource, doc); err != nil {
		return nil, fmt.Errorf("file %s: %w", path, err)
	}
	return &Checker{doc: doc, compiler: c, compiled: map[string]*jsonschema.Schema{}}, nil
}

// Request checks the body of a request. route is a path of the description, such
// as "/channels/{channel_id}/messages". A route or method that the description
// does not have is an error.
func (c *Checker) Request(method, route string, body []byte) error {
	p := []string{"paths", route, strings.ToLower(method)}
	if _, ok := c.at(p...); !ok {
		return fmt.Errorf("the description has no %s %s", method, route)
	}
	return c.check(append(p, "requestBody", "content", "application/json", "schema"), body)
}

// Response checks the body of an answer with a status, successful or not.
func (c *Checker) Response(method, route string, status int, body []byte) error {
	p := []string{"paths", route, strings.ToLower(method), "responses", strconv.Itoa(status)}
	if _, ok := c.at(p...); !ok {
		if status < 400 {
			return fmt.Errorf("the description has no answer %d to %s %s", status, method, route)
		}
		p[len(p)-1] = strconv.Itoa(status/100) + "XX"
	}
	if ref, ok := c.at(append(slices.Clip(p), "$ref")...); ok {
		p = strings.Split(strings.TrimPrefix(ref.(string), "#/"), "/")
	}
	return c.check(append(p, "content", "application/json", "schema"), body)
}

// Route finds the path of the description that a request's path fits, "/api/v9"
// taken off; "" if there is none. Fixed parts win over parameters.
func (c *Checker) Route(path string) string {
	parts := strings.Split(path, "/")
	best, fixed := "", -1
	for route := range c.doc["paths"].(map[string]any) {
		rs := strings.Split(route, "/")
		if len(rs) != len(parts) {
			continue
		}
		n := 0
		for i, r := range rs {
			if r == parts[i] {
				n++
			} else if !strings.HasPrefix(r, "{") {
				n = -1
				break
			}
		}
		if n > fixed {
			best, fixed = route, n
		}
	}
	return best
}

// at follows keys into the description.
func (c *Checker) at(keys ...string) (any, bool) {
	var v any = c.doc
	for _, k := range keys {
		m, ok := v.(map[string]any)
		if !ok {
			return nil, false
		}
		if v, ok = m[k]; !ok {
			return nil, false
		}
	}
	return v, true
}

// check validates a body by the schema at these keys. Where the description
// wants no body, there must be none.
func (c *Checker) check(keys []string, body []byte) error {
	s, err := c.schema(keys)
	if err != nil {
		return err
	}
	if s == nil {
		if len(body) > 0 {
			return errors.New("the description has no body here")
		}
		return nil
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	return s.Validate(mend(v))
}

func (c *Checker) schema(keys []string) (*jsonschema.Schema, error) {
	pointer := ""
	for _, k := range keys {
		pointer += "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(k)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if s, ok := c.compiled[pointer]; ok {
		return s, nil
	}
	if _, ok := c.at(keys...); !ok {
		c.compiled[pointer] = nil
		return nil, nil
	}
	// The pointer stands in a URL's fragment.
	s, err := c.compiler.Compile(resource + "#" + strings.NewReplacer("{", "%7B", "}", "%7D").Replace(pointer))
	if err != nil {
		return nil, fmt.Errorf("compile the schema at %s: %w", pointer, err)
	}
	c.compiled[pointer] = s
	return s, nil
}

// mend puts right where the description contradicts the documentation:
// default_member_permissions is sent as a string, and described as an integer.
func mend(v any) any {
	switch v := v.(type) {
	case []any:
		for n := range v {
			v[n] = mend(v[n])
		}
	case map[string]any:
		if s, ok := v["default_member_permissions"].(string); ok && v["id"] == nil {
			v["default_member_permissions"] = json.Number(s)
		}
	}
	return v
}
