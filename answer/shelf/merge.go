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
	of := make([][]int, len(c.segments)) // the article of the collection by segment and ordinal; -1 where it is dead
	for _, i := range places {
		within[i] = true
		of[i] = slices.Repeat([]int{-1}, c.segments[i].index.Articles())
	}
	for i := range c.version.entries {
		if e := &c.version.entries[i]; within[e.segment] {
			of[e.segment][e.ordinal] = i
		}
	}
	var articles []int // in their new order
	var keys []Key
	made, err := c.shelf.make(ctx, func(w *index.Writer) (string, error) {
		f, err := c.shelf.filler(w)
		if err != nil {
			return "", err
		}
		var tables, less []*wordTable
		for _, i := range places {
			seg := c.segments[i]
			tables = append(tables, seg.words)
			if err := w.Take(seg.index, func(ordinal int) bool { return of[i][ordinal] >= 0 }); err != nil {
				return "", err
			}
			var dead []int
			for ordinal, article := range of[i] {
				if err := ctx.Err(); err != nil {
					return "", err
				}
				if article < 0 {
					dead = append(dead, ordinal)
					continue
				}
				block, err := seg.blocks.Bytes(ordinal)
				if err != nil {
					c.shelf.note(seg.key, err, "")
				} else {
					err = f.blocks.Add(seg.blocks.Key(ordinal), block)
				}
				if err != nil {
					return "", err
				}
				articles, keys = append(articles, article), append(keys, seg.blocks.Key(ordinal))
			}
			gone, err := c.shelf.goneOf(seg, dead)
			if err != nil {
				return "", err
			}
			less = append(less, gone)
		}
		key := segmentKey(keys, func(key string) bool { return slices.Contains(c.version.segments, key) })
		return key, f.close(merged(tables, less))
	})
	if err != nil {
		return nil, err
	}
	if m != nil {
		if err := c.copyVectors(ctx, m, articles, made); err != nil {
			return nil, errors.Join(err, c.shelf.leave(made))
		}
	}
	// The new one stands last, the others move up.
	v := &version{named: c.Key}
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
