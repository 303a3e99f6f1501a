/* Sits between a process and its files (LD_PRELOAD): writes down every call that changes a file below one folder,
 * in the one order in which they happened across threads and processes, and lets the n-th call of a kind fail.
 *
 *   POWER_ROOT   the folder that is watched (a real path)       POWER_LOG   the file to append to
 *   power_record(root, log) · power_mark(text, length) · power_fault(kind, n, errno, from_then_on) · power_seen(kind)
 *
 * What changes a file in a way that is not written down here (a shared mapping, sendfile, fallocate) is written down
 * as FOREIGN, so that a recording that is not whole is never taken for one that is. "-shm" files are left out: SQLite
 * makes them anew.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATE = 1, WRITE, TRUNCATE, SYNC, RENAME, UNLINK, MKDIR, RMDIR, LINK, MARK, FOREIGN };
enum { F_NONE, F_WRITE, F_FSYNC, F_RENAME, F_OPEN, F_MKDIR, F_UNLINK, F_KINDS };

struct head {
  uint32_t kind;
  int32_t pid;
  uint64_t inode;
  int64_t at;
  uint32_t one, two;
  uint64_t length;
  int32_t error, reserved;
};

static char root[PATH_MAX];
static size_t root_length;
static char log_path[PATH_MAX];
static int log_fd = -1;
static pid_t log_owner;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int fault_kind, fault_at, fault_errno, fault_stays;
static int seen[F_KINDS];
static char fault_part[256];


static int raw_open(const char *path, int flags, int mode) { return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode); }

static void fresh_lock(void) { pthread_mutex_init(&turn, NULL); }

void power_record(const char *folder, const char *log) {
  if (log_fd >= 0) syscall(SYS_close, log_fd);
  log_fd = -1;
  root_length = 0;
  if (folder && *folder) {
    snprintf(root, sizeof root, "%s", folder);
    root_length = strlen(root);
  }
  snprintf(log_path, sizeof log_path, "%s", log ? log : "");
  log_owner = 0;
}

void power_fault(int kind, int at, int number, int stays, const char *part) {
  memset(seen, 0, sizeof seen);
  fault_kind = kind, fault_at = at, fault_errno = number, fault_stays = stays;
  snprintf(fault_part, sizeof fault_part, "%s", part ? part : "");
}

int power_seen(int kind) { return seen[kind]; }

__attribute__((constructor)) static void begin(void) {
  pthread_atfork(NULL, NULL, fresh_lock);
  const char *folder = getenv("POWER_ROOT"), *log = getenv("POWER_LOG");
  if (folder && log) power_record(folder, log);
}

static int below(const char *path) {
  return root_length && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

static int shared_index(const char *path) {
  size_t length = strlen(path);
  return length > 4 && !strcmp(path + length - 4, "-shm");
}

static int watched(const char *path) { return below(path) && !shared_index(path); }

static void enter(void) {
  pthread_mutex_lock(&turn);
  if (!*log_path) return;
  if (log_owner != getpid()) {
    log_fd = raw_open(log_path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    log_owner = getpid();
  }
  if (log_fd >= 0) flock(log_fd, LOCK_EX);
}

static void leave(void) {
  int kept = errno;
  if (*log_path && log_fd >= 0) flock(log_fd, LOCK_UN);
  pthread_mutex_unlock(&turn);
  errno = kept;
}

static void note(uint32_t kind, uint64_t inode, int64_t at, const char *one, const char *two, const void *data,
                 uint64_t length, int error) {
  if (log_fd < 0 || !*log_path) return;
  int kept = errno;
  struct head head = {kind, getpid(), inode, at, one ? strlen(one) : 0, two ? strlen(two) : 0, length, error, 0};
  size_t size = sizeof head + head.one + head.two + (data ? length : 0);
  char *whole = malloc(size), *end = whole;
  memcpy(end, &head, sizeof head), end += sizeof head;
  if (one) memcpy(end, one, head.one), end += head.one;
  if (two) memcpy(end, two, head.two), end += head.two;
  if (data) memcpy(end, data, length);
  for (size_t done = 0; done < size;) {
    long wrote = syscall(SYS_write, log_fd, whole + done, size - done);
    if (wrote <= 0) abort();
    done += wrote;
  }
  free(whole);
  errno = kept;
}

void power_mark(const char *text, size_t length) {
  enter();
  note(MARK, 0, 0, NULL, NULL, text, length, 0);
  leave();
}

static int trips(int kind, const char *path) {
  if (!fault_kind || !below(path) || (*fault_part && !strstr(path, fault_part))) return 0;
  int number = ++seen[kind];
  if (kind != fault_kind || !(fault_stays ? number >= fault_at : number == fault_at)) return 0;
  errno = fault_errno;
  return 1;
}

static int name_of(int fd, char *path) { /* of an open file; 0 when it has none */
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  int kept = errno;
  ssize_t length = syscall(SYS_readlink, link, path, PATH_MAX - 1);
  errno = kept;
  if (length <= 0) return 0;
  path[length] = 0;
  return path[0] == '/';
}

static void whole_name(int folder, const char *path, char *whole) {
  char base[PATH_MAX] = "";
  if (path[0] != '/') {
    if (folder == AT_FDCWD) {
      if (!getcwd(base, sizeof base)) base[0] = 0;
    } else if (!name_of(folder, base)) base[0] = 0;
  }
  size_t length = strlen(base), more = strlen(path);
  if (length + more + 2 > PATH_MAX) { whole[0] = 0; return; }
  memcpy(whole, base, length);
  if (length) whole[length++] = '/';
  memcpy(whole + length, path, more + 1);
}

static uint64_t inode_of(int fd) {
  struct stat found;
  return fstat(fd, &found) ? 0 : found.st_ino;
}

static int opened(int folder, const char *path, int flags, int mode) {
  char whole[PATH_MAX];
  if (!root_length || !path) return (int)syscall(SYS_openat, folder, path, flags, mode);
  whole_name(folder, path, whole);
  if (!below(whole)) return (int)syscall(SYS_openat, folder, path, flags, mode);
  enter();
  if (trips(F_OPEN, whole)) { leave(); return -1; }
  struct stat before;
  int kept = errno, was_there = !fstatat(folder, path, &before, 0);
  errno = kept;
  int fd = (int)syscall(SYS_openat, folder, path, flags, mode);
  if (fd >= 0 && watched(whole)) {
    if ((flags & O_CREAT) && !was_there) note(CREATE, inode_of(fd), 0, whole, NULL, NULL, 0, 0);
    else if ((flags & O_TRUNC) && was_there && before.st_size) note(TRUNCATE, inode_of(fd), 0, whole, NULL, NULL, 0, 0);
  }
  leave();
  return fd;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    va_list more; va_start(more, flags); \
    int mode = (flags & (O_CREAT | __O_TMPFILE)) ? va_arg(more, int) : 0; \
    va_end(more); \
    return opened(AT_FDCWD, path, flags, mode); \
  }
#define OPENAT(name) \
  int name(int folder, const char *path, int flags, ...) { \
    va_list more; va_start(more, flags); \
    int mode = (flags & (O_CREAT | __O_TMPFILE)) ? va_arg(more, int) : 0; \
    va_end(more); \
    return opened(folder, path, flags, mode); \
  }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
int __open_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

/* Whether calls on this open file are seen to; its name goes to `path`. */
static int sees(int fd, char *path) { return root_length && name_of(fd, path) && below(path); }

ssize_t write(int fd, const void *data, size_t length) {
  char path[PATH_MAX];
  if (!sees(fd, path)) return syscall(SYS_write, fd, data, length);
  enter();
  if (trips(F_WRITE, path)) { leave(); return -1; }
  struct stat found;
  int64_t at = (fcntl(fd, F_GETFL) & O_APPEND) && !fstat(fd, &found) ? found.st_size : lseek(fd, 0, SEEK_CUR);
  ssize_t wrote = syscall(SYS_write, fd, data, length);
  if (wrote > 0 && watched(path)) note(WRITE, inode_of(fd), at, path, NULL, data, wrote, 0);
  leave();
  return wrote;
}

static ssize_t write_at(int fd, const void *data, size_t length, off_t at) {
  char path[PATH_MAX];
  if (!sees(fd, path)) return syscall(SYS_pwrite64, fd, data, length, at);
  enter();
  if (trips(F_WRITE, path)) { leave(); return -1; }
  ssize_t wrote = syscall(SYS_pwrite64, fd, data, length, at);
  if (wrote > 0 && watched(path)) note(WRITE, inode_of(fd), at, path, NULL, data, wrote, 0);
  leave();
  return wrote;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return write_at(fd, data, length, at); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { return write_at(fd, data, length, at); }

static int cut_to(int fd, off_t size) {
  char path[PATH_MAX];
  if (!sees(fd, path)) return (int)syscall(SYS_ftruncate, fd, size);
  enter();
  if (trips(F_WRITE, path)) { leave(); return -1; }
  int failed = (int)syscall(SYS_ftruncate, fd, size);
  if (!failed && watched(path)) note(TRUNCATE, inode_of(fd), size, path, NULL, NULL, 0, 0);
  leave();
  return failed;
}
int ftruncate(int fd, off_t size) { return cut_to(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut_to(fd, size); }

static int synced(int fd, long number) {
  char path[PATH_MAX];
  if (!sees(fd, path)) return (int)syscall(number, fd);
  enter();
  int failed = 0, why = 0;
  if (trips(F_FSYNC, path)) failed = -1, why = errno;
  else if ((failed = (int)syscall(number, fd))) why = errno;
  if (watched(path)) note(SYNC, inode_of(fd), 0, path, NULL, NULL, 0, why);
  errno = why ? why : errno;
  leave();
  return failed;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int renamed(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  char one[PATH_MAX], two[PATH_MAX];
  if (root_length) whole_name(from_folder, from, one), whole_name(to_folder, to, two);
  if (!root_length || !(below(one) || below(two)))
    return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
  enter();
  if (trips(F_RENAME, below(two) ? two : one)) { leave(); return -1; }
  struct stat found;
  int known = !fstatat(from_folder, from, &found, AT_SYMLINK_NOFOLLOW);
  int failed = (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
  if (!failed) note(flags || !below(one) || !below(two) ? FOREIGN : RENAME, known ? found.st_ino : 0, 0, one, two, NULL, 0, 0);
  leave();
  return failed;
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int from_folder, const char *from, int to_folder, const char *to) {
  return renamed(from_folder, from, to_folder, to, 0);
}
int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  return renamed(from_folder, from, to_folder, to, flags);
}

static int removed(int folder, const char *path, int flags) {
  char whole[PATH_MAX];
  if (root_length) whole_name(folder, path, whole);
  if (!root_length || !below(whole)) return (int)syscall(SYS_unlinkat, folder, path, flags);
  enter();
  if (trips(F_UNLINK, whole)) { leave(); return -1; }
  int failed = (int)syscall(SYS_unlinkat, folder, path, flags);
  if (!failed && watched(whole)) note(flags & AT_REMOVEDIR ? RMDIR : UNLINK, 0, 0, whole, NULL, NULL, 0, 0);
  leave();
  return failed;
}
int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return removed(folder, path, flags); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path) {
  struct stat found;
  return removed(AT_FDCWD, path, !lstat(path, &found) && S_ISDIR(found.st_mode) ? AT_REMOVEDIR : 0);
}

static int made(int folder, const char *path, mode_t mode) {
  char whole[PATH_MAX];
  if (root_length) whole_name(folder, path, whole);
  if (!root_length || !below(whole)) return (int)syscall(SYS_mkdirat, folder, path, mode);
  enter();
  if (trips(F_MKDIR, whole)) { leave(); return -1; }
  int failed = (int)syscall(SYS_mkdirat, folder, path, mode);
  struct stat found;
  if (!failed && !fstatat(folder, path, &found, 0)) note(MKDIR, found.st_ino, 0, whole, NULL, NULL, 0, 0);
  leave();
  return failed;
}
int mkdir(const char *path, mode_t mode) { return made(AT_FDCWD, path, mode); }
int mkdirat(int folder, const char *path, mode_t mode) { return made(folder, path, mode); }

static int linked(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  char one[PATH_MAX], two[PATH_MAX];
  if (root_length) whole_name(from_folder, from, one), whole_name(to_folder, to, two);
  if (!root_length || !below(two)) return (int)syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
  enter();
  int failed = (int)syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
  if (!failed) note(below(one) ? LINK : FOREIGN, 0, 0, one, two, NULL, 0, 0);
  leave();
  return failed;
}
int link(const char *from, const char *to) { return linked(AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  return linked(from_folder, from, to_folder, to, flags);
}

int truncate(const char *path, off_t size) {
  char whole[PATH_MAX];
  if (root_length) whole_name(AT_FDCWD, path, whole);
  if (!root_length || !below(whole)) return (int)syscall(SYS_truncate, path, size);
  enter();
  if (trips(F_WRITE, whole)) { leave(); return -1; }
  struct stat found;
  int failed = (int)syscall(SYS_truncate, path, size);
  if (!failed && watched(whole) && !stat(path, &found)) note(TRUNCATE, found.st_ino, size, whole, NULL, NULL, 0, 0);
  leave();
  return failed;
}
int truncate64(const char *path, off64_t size) { return truncate(path, size); }

/* From here on: what a recording cannot hold. */

static void foreign(int fd, const char *what) {
  char path[PATH_MAX];
  if (!sees(fd, path) || !watched(path)) return;
  enter();
  note(FOREIGN, inode_of(fd), 0, path, what, NULL, 0, 0);
  leave();
}

void *mmap(void *where, size_t length, int protection, int flags, int fd, off_t at) {
  if (fd >= 0 && (flags & MAP_SHARED) && (protection & PROT_WRITE)) foreign(fd, "mmap");
  return (void *)syscall(SYS_mmap, where, length, protection, flags, fd, at);
}
void *mmap64(void *where, size_t length, int protection, int flags, int fd, off64_t at) {
  return mmap(where, length, protection, flags, fd, at);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  foreign(fd, "writev");
  return syscall(SYS_writev, fd, parts, count);
}
ssize_t sendfile(int to, int from, off_t *at, size_t length) {
  foreign(to, "sendfile");
  return syscall(SYS_sendfile, to, from, at, length);
}
ssize_t sendfile64(int to, int from, off64_t *at, size_t length) { return sendfile(to, from, at, length); }
ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t length, unsigned flags) {
  foreign(to, "copy_file_range");
  return syscall(SYS_copy_file_range, from, from_at, to, to_at, length, flags);
}
int fallocate(int fd, int mode, off_t at, off_t length) {
  foreign(fd, "fallocate");
  return (int)syscall(SYS_fallocate, fd, mode, at, length);
}
int fallocate64(int fd, int mode, off64_t at, off64_t length) { return fallocate(fd, mode, at, length); }
int posix_fallocate(int fd, off_t at, off_t length) { return fallocate(fd, 0, at, length) ? errno : 0; }
int posix_fallocate64(int fd, off64_t at, off64_t length) { return posix_fallocate(fd, at, length); }
