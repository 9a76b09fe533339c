/* Faults in file operations, for tests: preloaded before libc, it counts what changes a file and fails the chosen one.

   fault_arm(at, mode): from now on count; at the at-th operation (from 0) do what `mode` says:
     0 nothing, 1 kill the process (a write is torn in half first), 2 one EIO, 3 ENOSPC for all growth from there on,
     4 ENODEV for everything from there on, as when a stick is pulled, 5 a write to an unfinished file (its name
     ends in .part) that flips a bit and says all is well.
   fault_count(): operations since. fault_arm(-1, 0) disarms.

   fault_record(fd): from now on write down in `fd` every such operation that succeeded, for the simulated power cuts:
   struct entry, then `size` bytes (what was written, or the path; a rename has both, each ended by a zero).
   fault_mark(text) puts a word of the test's own between them. fault_record(-1) stops. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { NOTHING, KILL, EIO_ONCE, FULL, GONE, LIE };
enum { WRITE = 'w', CUT = 't', SYNC = 's', CREATE = 'c', EMPTY = 'e', RENAME = 'r', UNLINK = 'u', MKDIR = 'd', MARK = 'm',
       LINK = 'l' };
struct entry { long kind, inode, where, size; };
static int armed, mode, tape = -1;
static long at, seen;

void fault_arm(long where, int what) { armed = where >= 0; at = where; mode = what; seen = 0; }
long fault_count(void) { return seen; }
void fault_record(int fd) { tape = fd; }

static int is_file(int fd) {
  struct stat s;
  return fstat(fd, &s) == 0 && (S_ISREG(s.st_mode) || S_ISDIR(s.st_mode));
}

/* 0, or the errno to fail with. `grows`: the operation needs room. */
static int fault(int grows) {
  long now;
  if (!armed) return 0;
  now = seen++;
  if (now < at || mode == NOTHING) return 0;
  switch (mode) {
    case KILL: return now == at ? -1 : 0;
    case EIO_ONCE: return now == at ? EIO : 0;
    case FULL: return grows ? ENOSPC : 0;
    case LIE: return 0;
    default: return ENODEV;
  }
}

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, #name)
#define CHECK(grows) \
  do { \
    int f = fault(grows); \
    if (f < 0) kill(getpid(), SIGKILL); \
    if (f) { errno = f; return -1; } \
  } while (0)

static ssize_t put(const void *data, size_t size) {
  REAL(ssize_t, write, int, const void *, size_t);
  return real(tape, data, size);
}

static void note(long kind, long inode, long where, const void *data, long size) {
  struct entry entry = {kind, inode, where, size};
  int kept = errno;
  if (put(&entry, sizeof entry) != sizeof entry || (size && put(data, size) != size)) abort();
  errno = kept;
}

static void note_path(long kind, const char *path) {
  struct stat s;
  note(kind, lstat(path, &s) ? 0 : (long)s.st_ino, 0, path, strlen(path));
}

static void note_fd(long kind, int fd, long where, const void *data, long size) {
  struct stat s;
  if (fstat(fd, &s) == 0 && (S_ISREG(s.st_mode) || S_ISDIR(s.st_mode))) note(kind, s.st_ino, where, data, size);
}

void fault_mark(const char *text) { if (tape >= 0) note(MARK, 0, 0, text, strlen(text)); }

/* The same bytes with one bit flipped where this is the write that lies; the caller frees. */
static char *lied(int fd, const void *data, size_t size) {
  char *copy, link[64], path[4096];
  ssize_t length;
  if (mode != LIE || seen != at + 1 || !size) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink(link, path, sizeof path);
  if (length < 5 || memcmp(path + length - 5, ".part", 5) || !(copy = malloc(size))) return 0;
  memcpy(copy, data, size);
  copy[size / 2] ^= 1;
  return copy;
}

ssize_t write(int fd, const void *data, size_t size) {
  char *lie = 0;
  ssize_t done;
  REAL(ssize_t, write, int, const void *, size_t);
  if (armed && is_file(fd)) {
    int f = fault(1);
    if (f) {
      if (f != ENODEV && real(fd, data, size / 2) < 0) return -1;
      if (f < 0) kill(getpid(), SIGKILL);
      errno = f;
      return -1;
    }
    lie = lied(fd, data, size);
  }
  done = real(fd, lie ? lie : data, size);
  free(lie);
  if (tape >= 0 && done > 0) note_fd(WRITE, fd, lseek(fd, 0, SEEK_CUR) - done, data, done);
  return done;
}

#define PWRITE(name, off) \
  ssize_t name(int fd, const void *data, size_t size, off where) { \
    char *lie = 0; \
    ssize_t done; \
    REAL(ssize_t, name, int, const void *, size_t, off); \
    if (armed && is_file(fd)) { \
      int f = fault(1); \
      if (f) { \
        if (f != ENODEV && real(fd, data, size / 2, where) < 0) return -1; \
        if (f < 0) kill(getpid(), SIGKILL); \
        errno = f; \
        return -1; \
      } \
      lie = lied(fd, data, size); \
    } \
    done = real(fd, lie ? lie : data, size, where); \
    free(lie); \
    if (tape >= 0 && done > 0) note_fd(WRITE, fd, where, data, done); \
    return done; \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define ONE(name, grows, args, call, noted, ...) \
  int name args { \
    int done; \
    REAL(int, name, __VA_ARGS__); \
    if (armed) CHECK(grows); \
    done = real call; \
    if (tape >= 0 && done == 0) noted; \
    return done; \
  }
ONE(fsync, 0, (int fd), (fd), note_fd(SYNC, fd, 0, 0, 0), int)
ONE(fdatasync, 0, (int fd), (fd), note_fd(SYNC, fd, 0, 0, 0), int)
ONE(ftruncate, 0, (int fd, off_t size), (fd, size), note_fd(CUT, fd, size, 0, 0), int, off_t)
ONE(ftruncate64, 0, (int fd, off64_t size), (fd, size), note_fd(CUT, fd, size, 0, 0), int, off64_t)
ONE(unlink, 0, (const char *a), (a), note(UNLINK, 0, 0, a, strlen(a)), const char *)
ONE(mkdir, 1, (const char *a, mode_t m), (a, m), note_path(MKDIR, a), const char *, mode_t)

static void note_both(long kind, const char *a, const char *b) {
  char both[8192];
  int size = snprintf(both, sizeof both, "%s%c%s", a, 0, b);
  if (size < 0 || size >= (int)sizeof both) abort();
  note(kind, 0, 0, both, size);
}
ONE(rename, 1, (const char *a, const char *b), (a, b), note_both(RENAME, a, b), const char *, const char *)
ONE(link, 1, (const char *a, const char *b), (a, b), note_both(LINK, a, b), const char *, const char *)

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    mode_t bits = 0; \
    int done, was = tape >= 0 && access(path, F_OK) == 0; \
    REAL(int, name, const char *, int, ...); \
    if (flags & O_CREAT) { \
      va_list list; \
      va_start(list, flags); \
      bits = va_arg(list, mode_t); \
      va_end(list); \
      if (armed) CHECK(1); \
    } \
    done = real(path, flags, bits); \
    if (tape >= 0 && done >= 0 && !was && flags & O_CREAT) note_path(CREATE, path); \
    if (tape >= 0 && done >= 0 && was && flags & O_TRUNC) note_path(EMPTY, path); \
    return done; \
  }
OPEN(open)
OPEN(open64)
