/* Faults in file operations, for tests: preloaded before libc, it counts what changes a file and fails the chosen one.

   fault_arm(at, mode): from now on count; at the at-th operation (from 0) do what `mode` says:
     0 nothing, 1 kill the process (a write is torn in half first), 2 one EIO, 3 ENOSPC for all growth from there on,
     4 ENODEV for everything from there on, as when a stick is pulled.
   fault_count(): operations since. fault_arm(-1, 0) disarms. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { NOTHING, KILL, EIO_ONCE, FULL, GONE };
static int armed, mode;
static long at, seen;

void fault_arm(long where, int what) { armed = where >= 0; at = where; mode = what; seen = 0; }
long fault_count(void) { return seen; }

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

ssize_t write(int fd, const void *data, size_t size) {
  REAL(ssize_t, write, int, const void *, size_t);
  if (armed && is_file(fd)) {
    int f = fault(1);
    if (f) {
      if (f != ENODEV && real(fd, data, size / 2) < 0) return -1;
      if (f < 0) kill(getpid(), SIGKILL);
      errno = f;
      return -1;
    }
  }
  return real(fd, data, size);
}

#define PWRITE(name, off) \
  ssize_t name(int fd, const void *data, size_t size, off where) { \
    REAL(ssize_t, name, int, const void *, size_t, off); \
    if (armed && is_file(fd)) { \
      int f = fault(1); \
      if (f) { \
        if (f != ENODEV && real(fd, data, size / 2, where) < 0) return -1; \
        if (f < 0) kill(getpid(), SIGKILL); \
        errno = f; \
        return -1; \
      } \
    } \
    return real(fd, data, size, where); \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define ONE(name, grows, args, call, ...) \
  int name args { \
    REAL(int, name, __VA_ARGS__); \
    if (armed) CHECK(grows); \
    return real call; \
  }
ONE(fsync, 0, (int fd), (fd), int)
ONE(fdatasync, 0, (int fd), (fd), int)
ONE(ftruncate, 0, (int fd, off_t size), (fd, size), int, off_t)
ONE(ftruncate64, 0, (int fd, off64_t size), (fd, size), int, off64_t)
ONE(rename, 1, (const char *a, const char *b), (a, b), const char *, const char *)
ONE(unlink, 0, (const char *a), (a), const char *)
ONE(mkdir, 1, (const char *a, mode_t m), (a, m), const char *, mode_t)

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    mode_t bits = 0; \
    REAL(int, name, const char *, int, ...); \
    if (flags & O_CREAT) { \
      va_list list; \
      va_start(list, flags); \
      bits = va_arg(list, mode_t); \
      va_end(list); \
      if (armed) CHECK(1); \
    } \
    return real(path, flags, bits); \
  }
OPEN(open)
OPEN(open64)
