/** What a run shows of itself: to listeners, and in files that a page is made of. Reads only; results never depend on it. */
package dev.nurture.observe;
