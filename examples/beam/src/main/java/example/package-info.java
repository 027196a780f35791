/** Two of Seedwright's transforms in a Beam pipeline that is otherwise none of ours. */
package example;
