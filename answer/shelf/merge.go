package shelf

import (
	"context"
	"errors"
	"slices"

	"footnote/encoder"
	"footnote/index"
)

// Merge writes small segments anew as one, and those of which much is dead without
// that, one step of it: it returns the same library in other segments, or nil where
// nothing is to be done. The vectors by the model, which may be nil, go with them. Nobody need wait for it: until then, and when the process is
// killed, the library lies where it did.
func (c *Collection) Merge(ctx context.Context, m *encoder.Model) (*Collection, error) {
	all := make([]extent, len(c.segments))
	for i, seg := range c.segments {
		all[i].dead = seg.index.Documents()
	}
	for i := range c.version.entries {
		in := c.Passages(i)
		e := &all[c.version.entries[i].segment]
		e.alive, e.dead = e.alive+in.To-in.From, e.dead-(in.To-in.From)
	}
	merged := toMerge(all)
	if len(merged) == 0 {
		return nil, nil
	}
	return c.merge(ctx, m, merged)
}

// merge makes one segment of several.
func (c *Collection) merge(ctx context.Context, m *encoder.Model, places []int) (*Collection, error) {
	within := map[int]bool{}
	for _, i := range places {
		within[i] = true
	}
	var articles []int // in the order of the library
	var keys []Key
	for i := range c.version.entries {
		if e := &c.version.entries[i]; within[e.segment] {
			articles, keys = append(articles, i), append(keys, e.key)
		}
	}
	made, err := c.shelf.make(ctx, func(w *index.Writer) (string, error) {
		f, err := c.shelf.filler(w)
		if err != nil {
			return "", err
		}
		for _, i := range articles {
			e := &c.version.entries[i]
			block, err := c.segments[e.segment].blocks.Bytes(e.ordinal)
			if err != nil {
				return "", err
			}
			d, err := c.segments[e.segment].blocks.Doc(e.ordinal) // not kept: it is not asked for
			if err == nil {
				err = f.add(e.key, d, block)
			}
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return "", err
			}
		}
		return segmentKey(keys, func(key string) bool { return slices.Contains(c.version.segments, key) }), f.close()
	})
	if err != nil {
		return nil, err
	}
	if m != nil {
		if err := c.copyVectors(m, articles, made); err != nil {
			return nil, errors.Join(err, c.shelf.leave(made))
		}
	}
	// The new one stands last, the others move up.
	v := &version{}
	var segments []*segment
	moved := make([]int, len(c.segments))
	for i, seg := range c.segments {
		if !within[i] {
			moved[i] = len(segments)
			v.segments, segments = append(v.segments, seg.key), append(segments, seg)
		}
	}
	c.shelf.hold(segments)
	v.segments, segments = append(v.segments, made.key), append(segments, made)
	v.entries = append(v.entries, c.version.entries...)
	for i := range v.entries {
		v.entries[i].segment = moved[v.entries[i].segment]
	}
	for ordinal, i := range articles {
		v.entries[i].segment, v.entries[i].ordinal = len(segments)-1, ordinal
	}
	if c.shelf.root != "" {
		if err := v.write(c.shelf.root); err != nil {
			return nil, errors.Join(err, c.shelf.leave(segments...))
		}
	}
	return c.shelf.collect(v, segments)
}
