/** Workers, tiles and matrix products: everything heavy goes through here, and gives the same bits at any thread count. */
package dev.nurture.compute;
