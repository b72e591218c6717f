System.Console.WriteLine("mucgen");
