package vectors

// dotGo is the definition of [dot], the sum of the products of two vectors of one
// size, that the kernels are held against. Vectors of up to mostSize numbers stay
// below 2^31.
func dotGo(a, b []int8) int32 {
	var s0, s1, s2, s3 int32
	for len(a) >= 8 && len(b) >= 8 {
		s0 += int32(a[0])*int32(b[0]) + int32(a[4])*int32(b[4])
		s1 += int32(a[1])*int32(b[1]) + int32(a[5])*int32(b[5])
		s2 += int32(a[2])*int32(b[2]) + int32(a[6])*int32(b[6])
		s3 += int32(a[3])*int32(b[3]) + int32(a[7])*int32(b[7])
		a, b = a[8:], b[8:]
	}
	return s0 + s1 + s2 + s3
}

// dot returns the sum of the products of two vectors of one size, the same
// on every machine.
func dot(a, b []int8) int32 {
	n := len(a) &^ 15
	if !hasKernel || n == 0 || len(b) < n {
		return dotGo(a, b)
	}
	return dotKernel(&a[0], &b[0], n) + dotGo(a[n:], b[n:])
}
