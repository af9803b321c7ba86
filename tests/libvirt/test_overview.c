/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The overview on a real daemon: what others do to its domains shows, and what they do to the one
 * that is open. */
#include "../scratch.h"
#include "backend.h"
#include "tests/world.h"

#include <signal.h>

#define QEMU "/usr/bin/qemu-system-x86_64"

static VhBackend *backend;

static void
open_world (World *world)
{
  const char *const words[] = { "virt-hotplug", "-c", backend->uri, NULL };
  world_open (world, words, NULL);
}

static void
define (const char *name, const char *machine)
{
  g_autofree char *xml = vh_backend_new_domain (name, machine, "");
  g_free (vh_backend_define (backend, xml));
}

/* Somebody else's connection, and the domain over it. */
typedef struct {
  virConnectPtr connection;
  virDomainPtr domain;
} Other;

static Other
find (const char *name)
{
  Other other = { .connection = vh_backend_connect (backend) };
  other.domain = virDomainLookupByName (other.connection, name);
  g_assert_nonnull (other.domain);
  return other;
}

static void
leave (Other *other)
{
  virDomainFree (other->domain);
  virConnectClose (other->connection);
}

static void
test_rows (void)
{
  World world;
  g_autofree char *machine = vh_backend_find_machine ("pc-q35-7.2");
  define ("alpha", machine);
  define ("beta", "pc-i440fx-7.2");
  open_world (&world);
  world_expect_both (&world, "alpha", machine);
  world_expect (&world, "2 domains. ");
  define ("gamma", "pc-q35-6.0");
  world_expect_both (&world, "gamma", "native");
  Other other = find ("alpha");
  g_assert_cmpint (virDomainRename (other.domain, "omega", 0), ==, 0);
  world_expect_both (&world, "omega", machine);
  g_assert_false (world_shows (&world, "alpha"));
  leave (&other);
  vh_backend_undefine (backend, "gamma");
  world_expect (&world, "2 domains. ");
  g_assert_false (world_shows (&world, "gamma"));
  world_close (&world);
  vh_backend_undefine (backend, "omega");
  vh_backend_undefine (backend, "beta");
}

/* In the overview, and in the title of the domain that is open. */
static void
test_states (void)
{
  World world;
  g_autofree char *machine = vh_backend_find_machine ("pc-q35-7.2");
  g_autofree char *paused = g_strdup_printf ("paused  %s  QEMU", machine);
  g_autofree char *shut_off = g_strdup_printf ("shutoff  %s  QEMU", machine);
  define ("runner", machine);
  open_world (&world);
  world_expect_both (&world, "runner", "shutoff");
  Other other = find ("runner");
  g_assert_cmpint (virDomainCreateWithFlags (other.domain, VIR_DOMAIN_START_PAUSED), ==, 0);
  world_expect_both (&world, "runner", "paused");
  world_expect (&world, "1 domain. ");
  world_press (&world, "Enter");
  world_expect_both (&world, "runner", paused);
  g_assert_cmpint (virDomainDestroy (other.domain), ==, 0);
  world_expect_both (&world, "runner", shut_off);
  g_assert_false (world_shows (&world, "changed elsewhere"));
  leave (&other);
  world_close (&world);
  vh_backend_undefine (backend, "runner");
}

/* Its own write is no news; the row of what was written is new. On i440fx, where every QEMU has
 * the switch. */
static void
test_own_write (void)
{
  World world;
  define ("written", "pc-i440fx-7.2");
  open_world (&world);
  world_expect_both (&world, "written", " on ");
  world_press (&world, "Enter B w y");
  world_expect (&world, "stored");
  world_press (&world, "L");
  world_expect_both (&world, "written", " off ");
  g_assert_false (world_shows (&world, "changed elsewhere"));
  world_close (&world);
  vh_backend_undefine (backend, "written");
}

/* The daemon is gone, and comes back. */
static void
test_restart (void)
{
  World world;
  define ("stays", "pc-q35-7.2");
  open_world (&world);
  world_expect (&world, "1 domain. PCIE");
  vh_backend_signal (backend, SIGKILL);
  world_expect (&world, "It is being made again.");
  world_expect_both (&world, "~stays", "shutoff");
  vh_backend_start_again (backend);
  world_expect (&world, "Connected again.");
  world_press (&world, "Down");
  world_expect (&world, "1 domain. PCIE");
  g_assert_false (world_shows (&world, "~"));
  /* Whatever happens from now on is told again. */
  define ("comes", "pc-q35-6.0");
  world_expect_both (&world, "comes", "native");
  world_close (&world);
  vh_backend_undefine (backend, "stays");
  vh_backend_undefine (backend, "comes");
}

/* Asks QEMU no sooner than the file is there. */
static char *
write_slow_emulator (const char *folder, const char *go)
{
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\nwhile ! [ -e '%s' ]; do sleep 0.05; done\n"
                                           "exec " QEMU " \"$@\"\n",
                                           go);
  return vh_scratch_write (folder, "slow-qemu", text, 0700);
}

/* "QEMU 7.2", as the title has it. */
static char *
dup_release (void)
{
  unsigned long qemu = 0;
  virConnectPtr connection = vh_backend_connect (backend);
  g_assert_cmpint (virConnectGetVersion (connection, &qemu), ==, 0);
  virConnectClose (connection);
  return g_strdup_printf ("QEMU %lu.%lu", qemu / 1000000, qemu / 1000 % 1000);
}

/* The first picture does not wait for QEMU. On i440fx, where every QEMU has the switch. */
static void
test_slow_emulator (void)
{
  World world;
  char *folder = vh_scratch_new ();
  g_autofree char *go = g_build_filename (folder, "go", NULL);
  g_autofree char *slow = write_slow_emulator (folder, go);
  g_autofree char *option = g_strconcat ("--emulator=", slow, NULL);
  const char *const words[] = { "virt-hotplug", "-c", backend->uri, option, "early", NULL };
  g_autofree char *release = dup_release ();
  define ("early", "pc-i440fx-7.2");
  world_open (&world, words, NULL);
  g_assert_true (world_shows (&world, "asking for capabilities"));
  g_assert_true (world_shows (&world, "pci-root"));
  world_press (&world, "B");
  g_assert_false (world_shows (&world, "UNSAVED"));
  g_free (vh_scratch_write (folder, "go", "", 0600));
  world_expect_both (&world, "early  shutoff", release);
  world_press (&world, "B");
  g_assert_true (world_shows (&world, "UNSAVED"));
  world_close (&world);
  /* They are kept now. */
  world_open (&world, words, NULL);
  g_assert_true (world_shows (&world, release));
  world_close (&world);
  vh_backend_undefine (backend, "early");
  vh_scratch_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  backend = vh_backend_new (VH_BACKEND_DAEMON);
  if (!backend)
    return 0;
  g_test_add_func ("/overview/rows", test_rows);
  g_test_add_func ("/overview/states", test_states);
  g_test_add_func ("/overview/own-write", test_own_write);
  g_test_add_func ("/overview/restart", test_restart);
  g_test_add_func ("/overview/slow-emulator", test_slow_emulator);
  const int status = g_test_run ();
  vh_backend_free (backend);
  return status;
}
