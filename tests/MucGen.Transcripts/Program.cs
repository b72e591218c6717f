System.Console.WriteLine("transcripts");
