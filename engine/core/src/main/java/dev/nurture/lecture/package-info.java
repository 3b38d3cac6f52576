/** Lectures whose claims are experiments: what their files say, and what comes of it. */
package dev.nurture.lecture;
