using MucGen.Server.Tests.Storage;

// The test assembly is a program too, so that a test can start it as a process of its own and kill it.
return args is ["write-journal", var folder] ? await JournalWriter.RunAsync(folder) : 2;
