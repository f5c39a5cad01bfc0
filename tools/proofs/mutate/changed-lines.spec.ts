import { linesIn } from './changed-lines';

it('finds the lines that came, changed, or stand where others went', () => {
  const diff = `diff --git libs/a.ts libs/a.ts
index 1..2 100644
--- libs/a.ts
+++ libs/a.ts
@@ -3 +3 @@ function a() {
-  old
+  new
@@ -10,0 +11,3 @@
+  one
+  +++ two
+  three
@@ -20,2 +22,0 @@
-  gone
-  gone
diff --git libs/gone.ts libs/gone.ts
--- libs/gone.ts
+++ /dev/null
@@ -1,2 +0,0 @@
-  gone
-  gone
`;
  expect(Object.fromEntries(linesIn(diff))).toEqual({
    'libs/a.ts': [
      [3, 3],
      [11, 13],
      [22, 22],
    ],
    '/dev/null': [[1, 1]],
  });
});
