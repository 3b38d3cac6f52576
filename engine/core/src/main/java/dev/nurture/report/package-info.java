/**
 * HTML pages over runs, for people: each is one file that needs no other and asks nothing of a network. What they show
 * is drawn in the browser, out of the data that stand in the page as JSON.
 */
package dev.nurture.report;
