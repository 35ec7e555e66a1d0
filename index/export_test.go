package index

// Pruned lets all searches go a passage at a time.
func (x *Index) Pruned() *Index { x.way = pruned; return x }

// Dense lets all searches that may go a term at a time.
func (x *Index) Dense() *Index { x.way = dense; return x }

// Either undoes both.
func (x *Index) Either() *Index { x.way = either; return x }
