//go:build arm64 && !purego

package vectors

const hasKernel = true

// dotKernel sums the products of n numbers, a multiple of 16 and not 0.
//
//go:noescape
func dotKernel(a, b *int8, n int) int32
