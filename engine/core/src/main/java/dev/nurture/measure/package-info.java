/** What a run came to, in numbers and words, and whether that is what its definition expects. */
package dev.nurture.measure;
