#!/usr/bin/env bash
# Tests the launcher against a make-believe project, Maven and Java, so it takes seconds and builds
# nothing. Prints one line per test and a count.
set -euo pipefail

launcher=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/seedwright
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

# A project in a folder with spaces, a mvn that notes each call and makes what a build makes, and a
# JDK 17 whose java prints its arguments, one a line.
fresh_project() {
  cd /
  rm -rf "$scratch"/*
  project="$scratch/a folder with spaces/seedwright"
  mkdir -p "$project/pipelines/src/main/java" "$project/evolve/src/main/java" "$project/.mvn" \
    "$scratch/bin" "$scratch/elsewhere"
  cp "$launcher" "$project/seedwright"
  touch "$project/pom.xml" "$project/pipelines/pom.xml" "$project/evolve/pom.xml" \
    "$project/pipelines/src/main/java/Main.java" "$project/evolve/src/main/java/Seed.java" \
    "$project/.mvn/jvm.config"
  find "$project" -exec touch -d '1 hour ago' {} +
  cat >"$scratch/bin/mvn" <<'MVN'
#!/bin/sh
echo "$PWD: $*" >>"$SCRATCH/mvn-calls"
[ -z "${MVN_SLEEPS:-}" ] || sleep "$MVN_SLEEPS"
if [ -n "${MVN_FAILS:-}" ]; then
  echo "[ERROR] $MVN_FAILS"
  exit 1
fi
echo "a warning of Maven"
mkdir -p pipelines/target/lib
touch pipelines/target/pipelines-0.1.0-SNAPSHOT.jar pipelines/target/lib/evolve.jar
MVN
  jdk jdk17 17.0.15
  chmod +x "$scratch/bin/mvn"
  export SCRATCH=$scratch JAVA_HOME=$scratch/jdk17 PATH=$scratch/bin:$original_path
  unset MVN_FAILS MVN_SLEEPS SEEDWRIGHT_JAVA_OPTS
}

# jdk FOLDER VERSION: a JDK that has the file "release", as real ones have.
jdk() {
  mkdir -p "$scratch/$1/bin"
  echo "JAVA_VERSION=\"$2\"" >"$scratch/$1/release"
  cat >"$scratch/$1/bin/java" <<JAVA
#!/bin/sh
if [ "\$1" = -version ]; then
  echo 'openjdk version "$2" 2025-01-01' >&2
  exit 0
fi
pwd
printf '%s\n' "\$@"
exit \${JAVA_EXITS:-0}
JAVA
  chmod +x "$scratch/$1/bin/java"
}

# Runs the launcher; sets status, and leaves what it printed in the files out and err.
launch() {
  status=0
  "$project/seedwright" "$@" >"$scratch/out" 2>"$scratch/err" || status=$?
}

builds() {
  if [ -f "$scratch/mvn-calls" ]; then wc -l <"$scratch/mvn-calls"; else echo 0; fi
}

# expect NAME COMMAND...: the command must succeed.
expect() {
  local name=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
    echo "ok    $name"
  else
    failed=$((failed + 1))
    echo "FAIL  $name"
    sed 's/^/      out: /' "$scratch/out" || true
    sed 's/^/      err: /' "$scratch/err" || true
  fi
}

says() { grep -Fq -- "$2" "$scratch/$1"; }
empty() { [ ! -s "$scratch/$1" ]; }
is() { [ "$1" = "$2" ]; }

original_path=$PATH

fresh_project
launch run "a file.yaml"
expect "the first run builds" is "$(builds)" 1
expect "the first run says that it builds, on stderr" says err "building for the first time"
expect "Maven runs in the project's folder" says mvn-calls "$project: "
expect "what Maven says is not on stdout" bash -c "! grep -q Maven '$scratch/out'"
expect "the command's arguments arrive whole" says out "a file.yaml"
expect "the main class is named" says out "org.seedwright.pipelines.cli.Main"
expect "the class path holds jar and libraries, spaces and all" \
  says out "$project/pipelines/target/pipelines-0.1.0-SNAPSHOT.jar:$project/pipelines/target/lib/*"

launch run
expect "a run with nothing changed does not build" is "$(builds)" 1
expect "a run with nothing changed says nothing" empty err

for changed in evolve/src/main/java/Seed.java pipelines/pom.xml .mvn/jvm.config; do
  # File systems keep times in steps; the next one must be a later one.
  sleep 0.05
  touch "$project/$changed"
  before=$(builds)
  launch run
  expect "a newer $changed is built" is "$(builds)" $((before + 1))
  launch run
  expect "and built once" is "$(builds)" $((before + 1))
done

sleep 0.05
rm "$project/evolve/src/main/java/Seed.java"
before=$(builds)
launch run
expect "a removed source is noticed" is "$(builds)" $((before + 1))

touch "$project/pipelines/target/lib/evolve-0.0.9.jar"
sleep 0.05
touch "$project/evolve/pom.xml"
launch run
expect "libraries of an older pom.xml leave the class path" \
  bash -c "! [ -e '$project/pipelines/target/lib/evolve-0.0.9.jar' ]"

rm "$project"/pipelines/target/pipelines-*.jar
before=$(builds)
launch run
expect "a missing jar is built" is "$(builds)" $((before + 1))

before=$(builds)
sleep 0.05
touch "$project/pipelines/src/main/java/Main.java"
MVN_SLEEPS=1 "$project/seedwright" one >"$scratch/out-one" 2>"$scratch/err-one" &
sleep 0.3
MVN_SLEEPS=1 launch two
wait
expect "two launchers at once build once" is "$(builds)" $((before + 1))
expect "the second says that it waits" says err "another process is building"
expect "and then runs" says out "two"

before=$(builds)
sleep 0.05
touch "$project/pipelines/src/main/java/Main.java"
MVN_SLEEPS=0.5 "$project/seedwright" one >"$scratch/out-one" 2>"$scratch/err-one" &
sleep 0.25
touch "$project/pipelines/src/main/java/Main.java"
wait
launch run
expect "what is edited during a build is built next time" is "$(builds)" $((before + 2))

fresh_project
MVN_FAILS="COMPILATION ERROR" launch run
expect "a failed build exits 1" is "$status" 1
expect "and shows Maven's output" says err "COMPILATION ERROR"
expect "and nothing on stdout" empty out
expect "and gives no advice on networks" bash -c "! grep -q registry '$scratch/err'"
launch run
expect "and is tried again" is "$(builds)" 2
sleep 0.05
touch "$project/pom.xml"
MVN_FAILS="Could not transfer artifact x" launch run --json
expect "a registry out of reach is explained" says err "did not reach its registry"
expect "with --json a failure is an object on stdout" \
  bash -c "python3 -c 'import json,sys; assert json.load(open(sys.argv[1]))[\"error\"][\"kind\"] == \"build\"' '$scratch/out'"

fresh_project
PATH=/usr/bin:/bin
if command -v mvn >/dev/null; then
  mkdir "$scratch/few"
  for tool in sh find mkdir rm mv readlink sed grep cat flock head; do
    ln -s "$(command -v $tool)" "$scratch/few/$tool"
  done
  PATH=$scratch/few
fi
launch run
PATH=$original_path
expect "without Maven the launcher says what to install" says err "there is no mvn"
expect "and exits 1" is "$status" 1

fresh_project
launch first
ln -s "$project/seedwright" "$scratch/elsewhere/direct"
ln -s direct "$scratch/elsewhere/relative"
ln -s "$scratch/a folder with spaces" "$scratch/elsewhere/folder"
cd "$scratch/elsewhere"
for link in ./direct ./relative folder/seedwright/seedwright; do
  "$link" linked >"$scratch/out" 2>"$scratch/err" || true
  expect "it works through the link $link" says out "$project/pipelines/target/lib/*"
  expect "and stays in the working directory" is "$(head -n 1 "$scratch/out")" "$PWD"
done
ln -s "$project/seedwright" "$scratch/bin/seedwright"
seedwright linked >"$scratch/out" 2>"$scratch/err" || true
expect "it works from the PATH" says out "$project/pipelines/target/lib/*"

JAVA_EXITS=3 launch run
expect "Java's exit code is passed on" is "$status" 3
SEEDWRIGHT_JAVA_OPTS="-Xmx2g -Dx=*" launch run
expect "further options for Java arrive" says out "-Xmx2g"
expect "and are not expanded" says out "-Dx=*"
expect "the parallel collector is the default" says out "-XX:+UseParallelGC"
SEEDWRIGHT_JAVA_OPTS="-Xmx2g -XX:+UseG1GC" launch run
expect "another collector takes its place" bash -c "! grep -q ParallelGC '$scratch/out'"
launch run "" "--x=a b"
expect "empty arguments and spaces survive" \
  bash -c "tail -n 3 '$scratch/out' | diff - <(printf 'run\n\n--x=a b\n')"

for version in 1.8.0_402 11.0.22 16.0.2 22.0.1 25; do
  jdk other "$version"
  JAVA_HOME=$scratch/other launch run
  expect "Java $version is refused" is "$status" 1
  expect "with a sentence" says err "is Java $version, but Seedwright runs on Java 17 to 21"
done
for version in 17 18.0.1 21.0.6; do
  jdk other "$version"
  JAVA_HOME=$scratch/other launch run
  expect "Java $version is taken" is "$status" 0
done
jdk other 11.0.22
rm "$scratch/other/release"
JAVA_HOME=$scratch/other launch run --json
expect "a Java without a release file is asked" says err "is Java 11.0.22"
expect "with --json a refusal is an object on stdout" says out '{"error":{"kind":"environment"'
JAVA_HOME=$scratch/none launch run
expect "a JAVA_HOME without Java is refused" says err "but there is no $scratch/none/bin/java"
jdk other 11.0.22
ln -s ../other/bin/java "$scratch/bin/java"
unset JAVA_HOME
launch run
expect "without JAVA_HOME the PATH decides" says err "is Java 11.0.22"
export JAVA_HOME=$scratch/jdk17

begin=$(date +%s%N)
for _ in 1 2 3 4 5 6 7 8 9 10; do launch run; done
each=$((($(date +%s%N) - begin) / 10000000))
expect "a run with nothing to build costs $each ms, less than 100" test "$each" -lt 100

cd /
echo "launcher: $passed passed, $failed failed"
[ "$failed" = 0 ]
