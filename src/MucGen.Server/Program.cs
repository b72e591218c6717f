return await MucGen.Server.Cli.CommandLine.RunAsync(args, Console.Out, Console.Error);
