//go:build amd64 && !purego

package vectors

import "golang.org/x/sys/cpu"

var hasKernel = cpu.X86.HasAVX2

// dotKernel sums the products of n numbers, a multiple of 16 and not 0.
//
//go:noescape
func dotKernel(a, b *int8, n int) int32
