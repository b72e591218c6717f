namespace MucGen.Simulation.Engine;

/// <summary>A defect of the server, as the simulation wants it.</summary>
public sealed class SimulatedDefectException : Exception
{
    /// <summary>Creates the defect with a message.</summary>
    public SimulatedDefectException(string message) : base(message)
    {
    }

    /// <summary>Creates the defect with a cause.</summary>
    public SimulatedDefectException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Creates the defect.</summary>
    public SimulatedDefectException() : base("The simulation wants this to fail.")
    {
    }
}
